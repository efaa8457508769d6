// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "config/ics_moment.hpp"

namespace umsops::config {

/// A repetition, as RFC 5545 (3.3.10) has it, of whole days: `FREQ=YEARLY;BYMONTH=11;BYDAY=4TH`. Rules of hours and
/// minutes, of week numbers and of days of the year are refused.
struct IcsRule {
  enum class Every { day, week, month, year };
  struct Weekday {
    int nth = 0;      ///< 4: the fourth of the month or the year, -1: the last, 0: each
    int weekday = 1;  ///< 1 is Monday
  };
  Every every = Every::year;
  int interval = 1;
  int count = 0;                   ///< 0: without end
  std::optional<IcsMoment> until;  ///< of the calendar's zone; the last one that may be
  int week_begins = 1;             ///< with this weekday
  std::vector<int> months, month_days, positions;
  std::vector<Weekday> weekdays;
};

/// Throws `config.invalid` at `spot` for invalid and other rules.
IcsRule read_ics_rule(std::string_view text, base::SourceSpot const& spot, base::TimeZone const& zone);

/// The dates from `start` on, at most to the end of 2099 and at most `most` of them.
std::vector<calendar::Date> dates_of(IcsRule const& rule, IcsMoment const& start, std::size_t most);

}  // namespace umsops::config
