// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "umsops/base/error.hpp"
#include "umsops/calendar/calendar.hpp"

namespace umsops::calendar {
namespace {

using std::chrono::days;

constexpr days kLongestRest{3660};  // ten years
constexpr Date kLastDay = std::chrono::local_days(std::chrono::year(9999) / 12 / 31);
constexpr Date kFirstDay = std::chrono::local_days(std::chrono::year(1) / 1 / 1);
constexpr TimePoint kLast = std::chrono::sys_days(std::chrono::year(9999) / 12 / 31);
constexpr TimePoint kFirst = std::chrono::sys_days(std::chrono::year(1) / 1 / 1);

[[noreturn]] void unreachable(Calendar const& calendar, TimePoint from) {
  throw base::Error(base::errors::calendar_unreachable,
                    {{"calendar", calendar.name()}, {"from", base::format_rfc3339(from)}});
}

bool in_range(TimePoint from, Milliseconds way) { return way <= kLast - from && way >= kFirst - from; }

}  // namespace

// A day's windows lie between its midnight and the next, both by their first reading. The clock may show an earlier
// date once more after it was turned back over midnight, so the last day to look at is one after the date it shows.

Milliseconds working_between(Calendar const& calendar, TimePoint from, TimePoint to) {
  Milliseconds total{0};
  if (to <= from) return total;
  if (calendar.always()) return to - from;
  Date const last = date_of(calendar, to) + days(1);
  for (Date date = date_of(calendar, from); date <= last; date += days(1)) {
    for (Window const window : calendar.windows(date)) {
      TimePoint const begin = std::max(from, instant_of(calendar, date, window.from));
      if (begin >= to) return total;
      TimePoint const end = std::min(to, instant_of(calendar, date, window.to));
      if (begin < end) total += end - begin;
    }
  }
  return total;
}

std::optional<TimePoint> try_advance(Calendar const& calendar, TimePoint from, Milliseconds amount) {
  if (amount <= Milliseconds{0}) return from;
  if (calendar.always()) return in_range(from, amount) ? std::optional(from + amount) : std::nullopt;
  Date worked = date_of(calendar, from);
  for (Date date = worked; date <= worked + kLongestRest && date <= kLastDay; date += days(1)) {
    for (Window const window : calendar.windows(date)) {
      TimePoint const begin = std::max(from, instant_of(calendar, date, window.from));
      TimePoint const end = instant_of(calendar, date, window.to);
      if (begin >= end) continue;
      if (end - begin >= amount) return begin + amount;
      amount -= end - begin;
      worked = date;
    }
  }
  return std::nullopt;
}

TimePoint advance(Calendar const& calendar, TimePoint from, Milliseconds amount) {
  if (auto const at = try_advance(calendar, from, amount)) return *at;
  unreachable(calendar, from);
}

TimePoint retreat(Calendar const& calendar, TimePoint to, Milliseconds amount) {
  if (amount <= Milliseconds{0}) return to;
  if (calendar.always() && in_range(to, -amount)) return to - amount;
  if (calendar.always()) unreachable(calendar, to);
  Date worked = date_of(calendar, to) + days(1);
  for (Date date = worked; date >= worked - kLongestRest && date >= kFirstDay; date -= days(1)) {
    auto const windows = calendar.windows(date);
    for (auto window = windows.rbegin(); window != windows.rend(); ++window) {
      TimePoint const begin = instant_of(calendar, date, window->from);
      TimePoint const end = std::min(to, instant_of(calendar, date, window->to));
      if (begin >= end) continue;
      if (end - begin >= amount) return end - amount;
      amount -= end - begin;
      worked = date;
    }
  }
  unreachable(calendar, to);
}

}  // namespace umsops::calendar
