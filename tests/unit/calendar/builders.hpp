// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>
#include <vector>

#include "umsops/calendar/calendar.hpp"

inline umsops::base::TimePoint at(std::string_view text) { return umsops::base::parse_rfc3339(text).value(); }

inline umsops::calendar::Date day(int y, unsigned m, unsigned d) {
  return std::chrono::local_days(std::chrono::year(y) / std::chrono::month(m) / std::chrono::day(d));
}

/// The same windows from Monday to Friday.
inline umsops::calendar::CalendarSource source(std::string_view zone, std::vector<umsops::calendar::Window> windows,
                                               std::vector<umsops::calendar::DayRule> exceptions = {}) {
  umsops::calendar::CalendarSource out;
  out.name = "test";
  out.zone = umsops::base::TimeZone::load(zone);
  for (std::size_t i = 0; i < 5; ++i) out.week[i] = windows;
  out.exceptions = std::move(exceptions);
  return out;
}

inline umsops::calendar::Calendar weekdays(std::string_view zone, std::vector<umsops::calendar::Window> windows,
                                           std::vector<umsops::calendar::DayRule> exceptions = {}) {
  return umsops::calendar::Calendar::make(source(zone, std::move(windows), std::move(exceptions)));
}
