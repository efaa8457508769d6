// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/time.hpp"

#include <array>
#include <cstdint>

#include "base/digits.hpp"

namespace umsops::base {
namespace {

using namespace std::chrono;

/// Reads exactly `digits` digits at `at` and moves on; -1 when they are not there.
int take_digits(std::string_view text, std::size_t& at, int digits) {
  int value = 0;
  for (int i = 0; i < digits; ++i, ++at) {
    if (at >= text.size() || text[at] < '0' || text[at] > '9') return -1;
    value = value * 10 + (text[at] - '0');
  }
  return value;
}

bool take(std::string_view text, std::size_t& at, char c) {
  if (at >= text.size() || text[at] != c) return false;
  ++at;
  return true;
}

/// Milliseconds of a fraction of any length; further digits are dropped.
std::optional<int> take_fraction(std::string_view text, std::size_t& at) {
  if (!take(text, at, '.')) return 0;
  int ms = 0, seen = 0;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++seen) {
    if (seen < 3) ms = ms * 10 + (text[at] - '0');
  }
  if (seen == 0) return std::nullopt;
  for (; seen < 3; ++seen) ms *= 10;
  return ms;
}

/// Minutes east of UTC.
std::optional<int> take_offset(std::string_view text, std::size_t& at) {
  if (take(text, at, 'Z') || take(text, at, 'z')) return 0;
  int const sign = take(text, at, '+') ? 1 : take(text, at, '-') ? -1 : 0;
  if (sign == 0) return std::nullopt;
  int const hours = take_digits(text, at, 2);
  if (!take(text, at, ':')) return std::nullopt;
  int const rest = take_digits(text, at, 2);
  if (hours < 0 || hours > 23 || rest < 0 || rest > 59) return std::nullopt;
  return sign * (hours * 60 + rest);
}

}  // namespace

std::string format_rfc3339(TimePoint at) {
  auto const day_start = floor<days>(at);
  year_month_day const date{day_start};
  auto const ms = static_cast<int>((at - day_start).count());
  char buffer[32];
  char* to = put_digits(buffer, int(date.year()), 4);
  *to++ = '-';
  to = put_digits(to, static_cast<int>(unsigned(date.month())), 2);
  *to++ = '-';
  to = put_digits(to, static_cast<int>(unsigned(date.day())), 2);
  *to++ = 'T';
  to = put_digits(to, ms / 3'600'000, 2);
  *to++ = ':';
  to = put_digits(to, ms / 60'000 % 60, 2);
  *to++ = ':';
  to = put_digits(to, ms / 1000 % 60, 2);
  if (ms % 1000 != 0) {
    *to++ = '.';
    to = put_digits(to, ms % 1000, 3);
  }
  *to++ = 'Z';
  return std::string(buffer, to);
}

std::optional<TimePoint> parse_rfc3339(std::string_view text) {
  std::size_t at = 0;
  int const y = take_digits(text, at, 4);
  if (y < 1 || !take(text, at, '-')) return std::nullopt;
  int const m = take_digits(text, at, 2);
  if (m < 1 || !take(text, at, '-')) return std::nullopt;
  int const d = take_digits(text, at, 2);
  year_month_day const date{year(y), month(static_cast<unsigned>(m)), day(static_cast<unsigned>(d < 0 ? 0 : d))};
  if (!date.ok()) return std::nullopt;
  if (!take(text, at, 'T') && !take(text, at, 't') && !take(text, at, ' ')) return std::nullopt;
  int const hour = take_digits(text, at, 2);
  if (!take(text, at, ':')) return std::nullopt;
  int const minute = take_digits(text, at, 2);
  if (!take(text, at, ':')) return std::nullopt;
  int const second = take_digits(text, at, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return std::nullopt;
  auto const ms = take_fraction(text, at);
  auto const offset = take_offset(text, at);
  if (!ms || !offset || at != text.size()) return std::nullopt;
  return TimePoint(sys_days(date)) + hours(hour) + minutes(minute - *offset) + seconds(second) + milliseconds(*ms);
}

std::optional<Milliseconds> parse_duration(std::string_view text) {
  struct Unit {
    std::string_view name;
    std::int64_t ms;
  };
  static constexpr std::array<Unit, 6> kUnits{
      {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}, {"w", 604'800'000}}};
  constexpr std::int64_t kMost = std::int64_t{100} * 366 * 86'400'000;  // a century is long enough for any wait
  std::int64_t total = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    std::int64_t number = 0;
    std::size_t const begin = at;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
      number = number * 10 + (text[at] - '0');
      if (number > kMost) return std::nullopt;
    }
    if (at == begin) return std::nullopt;
    std::size_t const unit_begin = at;
    while (at < text.size() && (text[at] < '0' || text[at] > '9')) ++at;
    std::string_view const name = text.substr(unit_begin, at - unit_begin);
    std::int64_t unit = 0;
    for (auto const& known : kUnits) {
      if (known.name == name) unit = known.ms;
    }
    if (unit == 0 || number > (kMost - total) / unit) return std::nullopt;
    total += number * unit;
  }
  if (text.empty()) return std::nullopt;
  return Milliseconds(total);
}

}  // namespace umsops::base
