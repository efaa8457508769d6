// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "config/problems.hpp"
#include "umsops/calendar/calendar.hpp"

namespace umsops::config {

/// `20260101`; nullopt when it is no date.
std::optional<calendar::Date> ics_date(std::string_view text);

/// A yearly repetition: `FREQ=YEARLY;BYMONTH=11;BYDAY=4TH`.
struct IcsRule {
  struct Weekday {
    int nth = 0;      ///< 4: the fourth of the month, -1: the last, 0: each
    int weekday = 1;  ///< 1 is Monday
  };
  int interval = 1;
  int count = 0;  ///< 0: without end
  std::optional<calendar::Date> until;
  std::vector<int> months, month_days;
  std::vector<Weekday> weekdays;
};

/// Throws `config.invalid` at `spot` for invalid and other rules.
IcsRule read_ics_rule(std::string_view text, base::SourceSpot const& spot);

/// The dates from `start` on, at most to the end of 2099.
std::vector<calendar::Date> dates_of(IcsRule const& rule, calendar::Date start);

}  // namespace umsops::config
