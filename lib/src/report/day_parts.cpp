// SPDX-License-Identifier: Apache-2.0
#include "report/day_parts.hpp"

#include "report/plan.hpp"

#include <fmt/format.h>

#include <chrono>

namespace umsops::report {
namespace {

constexpr std::int64_t kQuarterHour = 15 * 60'000, kDay = 96 * kQuarterHour;
constexpr std::int32_t kUnknown = -1;
constexpr std::array<std::string_view, 7> kWeekdays{"MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"};

std::chrono::sys_days day_of(base::CivilTime const& civil) {
  return std::chrono::year_month_day(std::chrono::year(civil.year),
                                     std::chrono::month(static_cast<unsigned>(civil.month)),
                                     std::chrono::day(static_cast<unsigned>(civil.day)));
}

/// Weeks begin on Monday; the year is that of their Thursday (ISO 8601).
std::int64_t week_of(base::CivilTime const& civil) {
  auto const day = day_of(civil);
  auto const weekday = std::chrono::weekday(day).iso_encoding();
  auto const thursday = day + std::chrono::days(4 - static_cast<int>(weekday));
  auto const year = std::chrono::year_month_day(thursday).year();
  auto const first = std::chrono::sys_days(year / std::chrono::January / 1);
  return int{year} * 100 + (thursday - first).count() / 7 + 1;
}

}  // namespace

base::TimePoint period_begin(base::TimeZone const& zone, Part part, base::TimePoint at) {
  DayParts parts(zone, part);
  auto const key = [&](base::TimePoint time) { return parts.key(time.time_since_epoch().count()); };
  auto const own = key(at);
  auto civil = zone.to_civil(at);
  auto begin = zone.first_at({civil.year, civil.month, civil.day});
  while (is_period(part)) {
    auto const earlier = zone.to_civil(begin - base::Milliseconds(1));
    auto const before = zone.first_at({earlier.year, earlier.month, earlier.day});
    if (key(before) != own) break;
    begin = before;
  }
  return begin;
}

std::span<std::string_view const> weekday_names() { return kWeekdays; }

std::int64_t DayParts::compute(std::int64_t milliseconds) const {
  auto const civil = zone_.to_civil(base::TimePoint(base::Milliseconds(milliseconds)));
  switch (part_) {
    case Part::date:
      return civil.year * 10'000 + civil.month * 100 + civil.day;
    case Part::week:
      return week_of(civil);
    case Part::month:
      return civil.year * 100 + civil.month;
    case Part::quarter:
      return civil.year * 10 + (civil.month + 2) / 3;
    case Part::year:
      return civil.year;
    case Part::weekday:
      return std::chrono::weekday(day_of(civil)).iso_encoding();
    case Part::hour:
      return civil.hour;
    case Part::value:
    case Part::band:
      break;
  }
  return 0;
}

std::int64_t DayParts::key(std::int64_t milliseconds) {
  // Before 1970 offsets had odd minutes and seconds.
  if (milliseconds < 0) return compute(milliseconds);
  std::int64_t const day = milliseconds / kDay;
  if (day != last_day_) {
    auto& page = days_[day];
    if (!page) {
      page = std::make_unique<Day>();
      page->fill(kUnknown);
    }
    last_ = page.get();
    last_day_ = day;
  }
  auto& known = (*last_)[static_cast<std::size_t>(milliseconds % kDay / kQuarterHour)];
  if (known == kUnknown) known = static_cast<std::int32_t>(compute(milliseconds));
  return known;
}

std::string DayParts::text(Part part, std::int64_t key) {
  switch (part) {
    case Part::date:
      return fmt::format("{:04}-{:02}-{:02}", key / 10'000, key / 100 % 100, key % 100);
    case Part::week:
      return fmt::format("{:04}-W{:02}", key / 100, key % 100);
    case Part::month:
      return fmt::format("{:04}-{:02}", key / 100, key % 100);
    case Part::quarter:
      return fmt::format("{:04}-Q{}", key / 10, key % 10);
    case Part::year:
      return fmt::format("{:04}", key);
    case Part::weekday:
      return std::string(kWeekdays[static_cast<std::size_t>(key - 1)]);
    case Part::hour:
      return fmt::format("{:02}", key);
    case Part::value:
    case Part::band:
      break;
  }
  return {};
}

}  // namespace umsops::report
