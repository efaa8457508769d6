// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "umsops/base/time.hpp"

namespace umsops::alert {

/// A time as a program wrote it: RFC 3339 and its relatives (a blank for the T, `UTC`, `+0000`, no zone: UTC), or
/// seconds, milli-, micro- or nanoseconds since 1970.
struct WrittenTime {
  bool understood = false;
  std::optional<base::TimePoint> at;  ///< nullopt: it says that there is none (zero, the year 1)
};
WrittenTime read_time(std::string_view text);

}  // namespace umsops::alert
