// SPDX-License-Identifier: Apache-2.0
#include "config/ics_moment.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "umsops/base/number.hpp"

namespace umsops::config {
namespace {

using calendar::Date;
using std::chrono::minutes;

IcsMoment in_zone(IcsMoment const& utc, base::TimeZone const& zone) {
  auto const at = base::TimePoint(utc.date.time_since_epoch() + utc.of_day);
  auto const civil = zone.to_civil(at);
  auto const date = std::chrono::year(civil.year) / civil.month / civil.day;
  return {Date(date), minutes(civil.hour * 60 + civil.minute), true};
}

/// -1: no unit.
int minutes_of(char unit) {
  switch (unit) {
    case 'W':
      return 10'080;
    case 'D':
      return 1440;
    case 'H':
      return 60;
    case 'M':
      return 1;
    case 'S':
      return 0;
    default:
      return -1;
  }
}

}  // namespace

std::optional<Date> ics_date(std::string_view text) {
  if (text.size() != 8) return std::nullopt;
  auto const y = base::parse_integer(text.substr(0, 4), 1, 9999);
  auto const m = base::parse_integer(text.substr(4, 2), 1, 12);
  auto const d = base::parse_integer(text.substr(6, 2), 1, 31);
  if (!y || !m || !d) return std::nullopt;
  auto const date = std::chrono::year(static_cast<int>(*y)) / std::chrono::month(static_cast<unsigned>(*m)) /
                    std::chrono::day(static_cast<unsigned>(*d));
  return date.ok() ? std::optional(Date(date)) : std::nullopt;
}

IcsMoment ics_moment(std::string_view text, base::SourceSpot const& spot, base::TimeZone const& zone) {
  auto const date = ics_date(text.substr(0, 8));
  bool const utc = text.ends_with('Z');
  std::string_view const clock = text.substr(std::min<std::size_t>(8, text.size()), std::string_view::npos);
  if (date && clock.empty()) return {*date, minutes(0), false};
  auto const hour = base::parse_integer(clock.substr(std::min<std::size_t>(1, clock.size()), 2), 0, 23);
  auto const minute = base::parse_integer(clock.substr(std::min<std::size_t>(3, clock.size()), 2), 0, 59);
  bool const shape = clock.size() == (utc ? 8U : 7U) && clock.front() == 'T';
  if (!date || !shape || !hour || !minute) {
    throw invalid(spot, fmt::format("{} is no date", echo(text)), "e.g. 20260101 or 20260101T090000Z");
  }
  IcsMoment const out{*date, minutes(60 * *hour + *minute), true};
  return utc ? in_zone(out, zone) : out;
}

minutes ics_duration(std::string_view text, base::SourceSpot const& spot) {
  std::string_view rest = text;
  if (rest.starts_with('+')) rest.remove_prefix(1);
  bool good = rest.starts_with('P') && rest.size() > 1;
  if (good) rest.remove_prefix(1);
  minutes out{0};
  while (good && !rest.empty()) {
    if (rest.front() == 'T') {
      rest.remove_prefix(1);
      continue;
    }
    std::size_t const digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
    auto const number = base::parse_integer(rest.substr(0, digits), 0, 100'000);
    int const factor = minutes_of(digits < rest.size() ? rest[digits] : '\0');
    good = number && factor >= 0;
    if (!good) break;
    out += minutes(factor * *number);
    rest.remove_prefix(digits + 1);
  }
  if (!good) throw invalid(spot, fmt::format("{} is no duration", echo(text)), "e.g. P1D");
  return out;
}

}  // namespace umsops::config
