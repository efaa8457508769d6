// SPDX-License-Identifier: Apache-2.0
#include "umsops/mute/time_interval.hpp"

#include <algorithm>
#include <chrono>

namespace umsops::mute {
namespace {

template <class Range, class Test>
bool one_or_none(std::vector<Range> const& ranges, Test const& test) {
  return ranges.empty() || std::any_of(ranges.begin(), ranges.end(), test);
}

bool inside(std::vector<NumberRange> const& ranges, int number) {
  return one_or_none(ranges, [&](auto const& range) { return number >= range.begin && number <= range.end; });
}

int days_in_month(base::CivilTime const& civil) {
  using namespace std::chrono;
  auto const last = year{civil.year} / month{static_cast<unsigned>(civil.month)} / std::chrono::last;
  return static_cast<int>(static_cast<unsigned>(year_month_day_last{last}.day()));
}

int weekday_of(base::CivilTime const& civil) {
  using namespace std::chrono;
  auto const date = year{civil.year} / civil.month / civil.day;
  return static_cast<int>(weekday{sys_days{date}}.c_encoding());
}

bool on_days(std::vector<NumberRange> const& ranges, base::CivilTime const& civil) {
  int const days = days_in_month(civil);
  auto const from_start = [&](int day) { return day < 0 ? days + day + 1 : day; };
  return one_or_none(ranges, [&](auto const& range) {
    // Days that this month has not are cut off; a range that begins behind its end is not in it at all.
    int const begin = from_start(range.begin), end = std::min(from_start(range.end), days);
    return begin <= days && civil.day >= begin && civil.day <= end;
  });
}

}  // namespace

bool TimeInterval::contains(base::TimePoint at) const {
  auto const civil = (location ? *location : base::TimeZone()).to_civil(at);
  int const minute = civil.hour * 60 + civil.minute;
  return one_or_none(times, [&](auto const& range) { return minute >= range.begin && minute < range.end; }) &&
         on_days(days_of_month, civil) && inside(months, civil.month) &&
         (weekdays.empty() || inside(weekdays, weekday_of(civil))) && inside(years, civil.year);
}

bool any_contains(std::vector<TimeInterval> const& intervals, base::TimePoint at) {
  return std::any_of(intervals.begin(), intervals.end(), [&](auto const& interval) { return interval.contains(at); });
}

}  // namespace umsops::mute
