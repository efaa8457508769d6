// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/connection.hpp"
#include "umsops/base/time_zone.hpp"
#include "umsops/report/table.hpp"

namespace umsops::report {

/// What a report looks at: tickets created in [since, until), counted by days of `zone`, open ones judged at `now`.
struct Window {
  base::TimePoint since{}, until{}, now{};
  base::TimeZone zone;
};

inline constexpr Description kSupport{"support", "Support statistics by date, category and priority",
                                      "按日期、类别和优先级的支持统计"};

/// The SOP's view `support_statistics` over a window: its columns by their names, and beside them `resolved_ever`,
/// `overdue_open` and the number of values behind each average. Reads only the window, by the index on creation.
/// `db` may be null: an empty desk.
Table support(store::Connection* db, Window const& window);

}  // namespace umsops::report
