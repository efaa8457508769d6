// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/problems.hpp"
#include "umsops/calendar/calendar.hpp"

namespace umsops::config {

inline constexpr std::size_t kMostIcsBytes = std::size_t{4} << 20;

/// A holiday that a feed names.
struct IcsDay {
  calendar::Date date{};
  std::string name;
};

/// The whole days that an iCalendar feed (RFC 5545) covers: every VEVENT that is not cancelled, by DTSTART and DTEND or
/// DURATION, as dates or as times (of `zone` when they end in Z, else as written; a partly covered day is no holiday),
/// repeated by a yearly RRULE (INTERVAL, COUNT, UNTIL, BYMONTH, BYMONTHDAY, BYDAY) up to the year 2099, without its
/// EXDATEs. Other properties and components are skipped. Unsupported rules, RDATE and unreadable lines go to `problems`
/// with their line.
std::vector<IcsDay> read_ics(std::string_view text, std::string const& file, base::TimeZone const& zone,
                             Problems& problems);

}  // namespace umsops::config
