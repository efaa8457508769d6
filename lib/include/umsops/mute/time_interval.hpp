// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/time_zone.hpp"
#include "umsops/base/value.hpp"

namespace umsops::mute {

/// Minutes of a day, [begin, end).
struct MinuteRange {
  int begin = 0, end = 1440;
  bool operator==(MinuteRange const&) const = default;
};

/// Both ends belong to it.
struct NumberRange {
  int begin = 0, end = 0;
  bool operator==(NumberRange const&) const = default;
};

/// A recurring span of time, as Alertmanager's `time_interval`: a time is inside when it is inside one range of each
/// list that is not empty.
struct TimeInterval {
  std::vector<MinuteRange> times;
  std::vector<NumberRange> weekdays;       ///< 0 is Sunday
  std::vector<NumberRange> days_of_month;  ///< negative ones count from the month's end; cut to the month
  std::vector<NumberRange> months;
  std::vector<NumberRange> years;
  std::optional<base::TimeZone> location;  ///< none: UTC

  bool contains(base::TimePoint at) const;
};

/// Whether one of them contains the time.
bool any_contains(std::vector<TimeInterval> const& intervals, base::TimePoint at);

/// The parts as they are written. Each throws `interval.invalid` with what is wrong.
MinuteRange parse_times(std::string_view start, std::string_view end);  ///< `09:00`, `24:00`
NumberRange parse_weekdays(std::string_view text);                      ///< `monday:friday`
NumberRange parse_days_of_month(std::string_view text);                 ///< `1:5`, `-3:-1`
NumberRange parse_months(std::string_view text);                        ///< `may:august`, `5:8`
NumberRange parse_years(std::string_view text);                         ///< `2026:2028`

/// `[{"times":[{"start_time":"09:00","end_time":"17:00"}],"weekdays":["monday:friday"]}]`, and back; the latter throws
/// `interval.invalid`.
base::Value to_value(std::vector<TimeInterval> const& intervals);
std::vector<TimeInterval> intervals_from_value(base::Value const& value);

}  // namespace umsops::mute
