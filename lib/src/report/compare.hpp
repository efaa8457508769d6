// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/plan.hpp"
#include "umsops/report/table.hpp"

namespace umsops::report {

/// The period before that one: as many whole months where both ends begin a month in the zone, else as long.
struct Period {
  base::TimePoint since, until;
};
Period period_before(Period const& period, base::TimeZone const& zone);

/// Puts beside each figure that the table shows what it was in the period before, and the difference: columns
/// `NAME_previous` and `NAME_change`. Rows are paired by their groups; what was only there before gets a row, too.
void add_previous(Table& table, Table const& before);

}  // namespace umsops::report
