// SPDX-License-Identifier: Apache-2.0
#include "prepared/rhythm.hpp"

#include <algorithm>

namespace umsops::prepared {
namespace {

namespace chrono = std::chrono;

constexpr int kDaysOfWeek = 7;

std::int64_t floored(std::int64_t value, std::int64_t by) { return value / by - (value % by < 0 ? 1 : 0); }

std::int64_t day_number(Date date) { return date.time_since_epoch().count(); }

std::int64_t month_number(Date date) {
  chrono::year_month_day const day{date};
  return std::int64_t{static_cast<int>(day.year())} * 12 + static_cast<unsigned>(day.month()) - 1;
}

/// That day of the month, or its last one where the month is shorter.
Date day_of_month(std::int64_t month, int day) {
  auto const year = chrono::year(static_cast<int>(floored(month, 12)));
  auto const in_year = chrono::month(static_cast<unsigned>(month - floored(month, 12) * 12 + 1));
  chrono::year_month_day_last const last{year, chrono::month_day_last{in_year}};
  auto const most = static_cast<int>(static_cast<unsigned>(last.day()));
  auto const wanted = static_cast<unsigned>(day == kLastDay ? most : std::min(day, most));
  return Date{chrono::year_month_day{year, in_year, chrono::day(wanted)}};
}

std::vector<int> or_one(std::vector<int> const& list) { return list.empty() ? std::vector<int>{1} : list; }

}  // namespace

std::int64_t period_of(Every every, Date date) {
  switch (every) {
    case Every::day:
      return day_number(date);
    case Every::week:  // the epoch was a Thursday
      return floored(day_number(date) + 3, kDaysOfWeek);
    case Every::month:
      return month_number(date);
    case Every::quarter:
      return floored(month_number(date), 3);
    case Every::year:
      return floored(month_number(date), 12);
  }
  return 0;
}

std::vector<Date> days_of(Rhythm const& rhythm, std::int64_t period) {
  std::vector<Date> out;
  switch (rhythm.every) {
    case Every::day:
      return {Date{chrono::days(period)}};
    case Every::week:
      for (int const weekday : or_one(rhythm.weekdays))
        out.push_back(Date{chrono::days(period * kDaysOfWeek - 3 + weekday - 1)});
      break;
    case Every::month:
      for (int const day : or_one(rhythm.days)) out.push_back(day_of_month(period, day));
      break;
    case Every::quarter:
    case Every::year: {
      std::int64_t const first = period * (rhythm.every == Every::quarter ? 3 : 12);
      for (int const month : or_one(rhythm.months))
        for (int const day : or_one(rhythm.days)) out.push_back(day_of_month(first + month - 1, day));
      break;
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace umsops::prepared
