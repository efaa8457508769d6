// SPDX-License-Identifier: Apache-2.0
#include "people/rotation.hpp"

#include <algorithm>

namespace umsops::people {
namespace {

using namespace std::chrono;

sys_days day_of(base::CivilTime const& civil) {
  return sys_days(year(civil.year) / month(static_cast<unsigned>(civil.month)) / day(static_cast<unsigned>(civil.day)));
}

TimePoint instant(base::TimeZone const& zone, sys_days date, int hour, int minute, int second) {
  year_month_day const ymd{date};
  auto const readings = zone.to_instants({int(ymd.year()), static_cast<int>(unsigned(ymd.month())),
                                          static_cast<int>(unsigned(ymd.day())), hour, minute, second});
  return readings.gap ? readings.at.back() : readings.at.front();
}

/// Minute 1440 is the next day's midnight.
TimePoint instant(base::TimeZone const& zone, sys_days date, int minute) {
  return instant(zone, date + days(minute / 1440), minute % 1440 / 60, minute % 60, 0);
}

sys_days add_months(base::CivilTime const& from, std::int64_t count) {
  auto const target = year_month(year(from.year), month(static_cast<unsigned>(from.month))) + months(count);
  return sys_days(target / std::min(day(static_cast<unsigned>(from.day)), (target / last).day()));
}

}  // namespace

Rotation::Rotation(Layer const& layer, base::TimeZone const& zone)
    : layer_(layer), zone_(zone), start_(zone.to_civil(layer.start)) {}

TimePoint Rotation::hand_off(std::int64_t turn) const {
  std::int64_t const units = turn * layer_.shift_length;
  if (turn == 0) return layer_.start;
  switch (layer_.type) {
    case RotationType::hourly:
      return layer_.start + hours(units);
    case RotationType::daily:
      return instant(zone_, day_of(start_) + days(units), start_.hour, start_.minute, start_.second);
    case RotationType::weekly:
      return instant(zone_, day_of(start_) + days(7 * units), start_.hour, start_.minute, start_.second);
    case RotationType::monthly:
      return instant(zone_, add_months(start_, units), start_.hour, start_.minute, start_.second);
  }
  return layer_.start;
}

/// Near enough: the clock may have been changed since the start, and the time of day not come yet.
std::int64_t Rotation::units_until(TimePoint at) const {
  auto const civil = zone_.to_civil(at);
  auto const passed = (day_of(civil) - day_of(start_)).count();
  switch (layer_.type) {
    case RotationType::hourly:
      return duration_cast<hours>(at - layer_.start).count();
    case RotationType::daily:
      return passed;
    case RotationType::weekly:
      return passed / 7;
    case RotationType::monthly:
      return 12LL * (civil.year - start_.year) + civil.month - start_.month;
  }
  return 0;
}

std::int64_t Rotation::turn_at(TimePoint at) const {
  if (at < layer_.start) return -1;
  std::int64_t turn = std::max<std::int64_t>(0, units_until(at) / layer_.shift_length);
  while (turn > 0 && hand_off(turn) > at) --turn;
  while (hand_off(turn + 1) <= at) ++turn;
  return turn;
}

std::vector<Span> open_spans(std::vector<Window> const& windows, base::TimeZone const& zone, TimePoint from,
                             TimePoint to) {
  std::vector<Span> open;
  // A window that began two days ago may still be open, however the clocks were changed since.
  for (sys_days date = day_of(zone.to_civil(from)) - days(2); date <= day_of(zone.to_civil(to)); date += days(1)) {
    unsigned const bit = 1u << (weekday(date).iso_encoding() - 1);
    for (auto const& window : windows) {
      if (!(window.days & bit)) continue;
      TimePoint const begin = instant(zone, date, window.begin);
      TimePoint const end = instant(zone, date, window.end > window.begin ? window.end : window.end + 1440);
      if (begin < end && end > from && begin < to) open.emplace_back(begin, end);
    }
  }
  std::sort(open.begin(), open.end());
  std::vector<Span> joined;
  for (auto const& span : open) {
    if (!joined.empty() && span.first <= joined.back().second) {
      joined.back().second = std::max(joined.back().second, span.second);
    } else {
      joined.push_back(span);
    }
  }
  return joined;
}

}  // namespace umsops::people
