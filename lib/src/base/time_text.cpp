// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/time_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "base/time_words.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/number.hpp"
#include "umsops/base/text.hpp"

namespace umsops::base {
namespace {

using namespace std::chrono;

enum class Unit { millisecond, day, week, month, year };

/// What all readings share.
struct Reader {
  std::string_view original;
  std::string text;  ///< folded, trimmed, single blanks
  TimePoint now;
  TimeZone const& zone;
};

[[noreturn]] void unreadable(Reader const& r) {
  throw Error(errors::time_unreadable, {{"text", std::string(r.original.substr(0, 80))}});
}

std::string tidy(std::string_view text) {
  std::string out;
  for (char const c : fold(text)) {
    if (c != ' ') {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

/// The instant of a civil time that a person wrote: refuses what has no or two readings.
TimePoint exact(Reader const& r, CivilTime const& civil) {
  auto const readings = r.zone.to_instants(civil);
  if (readings.at.size() == 1) return readings.at.front();
  Value detail;
  detail.add("first", readings.at[0]);
  detail.add("second", readings.at[1]);
  throw Error(errors::time_ambiguous, {{"text", std::string(r.original.substr(0, 80))},
                                       {"zone", r.zone.name()},
                                       {"first", format_rfc3339(readings.at[0])},
                                       {"second", format_rfc3339(readings.at[1])}})
      .detail(std::move(detail));
}

/// The first instant of a day, also where its midnight is skipped by DST.
TimePoint day_start(Reader const& r, sys_days day) {
  year_month_day const date{day};
  CivilTime const midnight{int(date.year()), static_cast<int>(unsigned(date.month())),
                           static_cast<int>(unsigned(date.day()))};
  auto const readings = r.zone.to_instants(midnight);
  // A skipped midnight: both readings lie around the gap, and the day begins where the gap ends.
  return readings.gap ? readings.at.back() : readings.at.front();
}

sys_days today(Reader const& r) {
  CivilTime const c = r.zone.to_civil(r.now);
  return sys_days(year(c.year) / month(static_cast<unsigned>(c.month)) / day(static_cast<unsigned>(c.day)));
}

sys_days monday_of(sys_days day) { return day - days(weekday(day).iso_encoding() - 1); }

sys_days add_months(sys_days from, int count) {
  year_month_day const date{from};
  year_month const target = year_month(date.year(), date.month()) + months(count);
  auto const last = (target / std::chrono::last).day();
  return sys_days(target / std::min(date.day(), last));
}

TimeRange whole_days(Reader const& r, sys_days first, sys_days end) { return {day_start(r, first), day_start(r, end)}; }

/// The day, week, month or year that lies `offset` from the present one.
TimeRange named_span(Reader const& r, Unit unit, int offset) {
  sys_days const day = today(r);
  year_month_day const date{day};
  switch (unit) {
    case Unit::millisecond:
      break;
    case Unit::day:
      return whole_days(r, day + days(offset), day + days(offset + 1));
    case Unit::week:
      return whole_days(r, monday_of(day) + days(7 * offset), monday_of(day) + days(7 * offset + 7));
    case Unit::month: {
      auto const first = sys_days(date.year() / date.month() / 1);
      return whole_days(r, add_months(first, offset), add_months(first, offset + 1));
    }
    case Unit::year: {
      auto const y = date.year() + years(offset);
      return whole_days(r, sys_days(y / January / 1), sys_days((y + years(1)) / January / 1));
    }
  }
  return {r.now, r.now};
}

/// `count` units from now: months and years by the calendar, the rest by the clock.
TimeRange shifted(Reader const& r, Unit unit, std::int64_t count, std::int64_t ms) {
  TimePoint at = r.now;
  if (unit == Unit::month || unit == Unit::year) {
    CivilTime civil = r.zone.to_civil(r.now);
    year_month_day const date{add_months(today(r), static_cast<int>(unit == Unit::year ? 12 * count : count))};
    civil.year = int(date.year());
    civil.month = static_cast<int>(unsigned(date.month()));
    civil.day = static_cast<int>(unsigned(date.day()));
    at = r.zone.to_instants(civil).at.front();
  } else {
    at += Milliseconds(count * ms);
  }
  return {at, at};
}

struct UnitName {
  std::string_view name;
  Unit unit;
  std::int64_t ms;
};
constexpr std::int64_t kSecond = 1000, kMinute = 60'000, kHour = 3'600'000, kDay = 86'400'000;
constexpr std::array<UnitName, 36> kUnits{{{"s", Unit::millisecond, kSecond},
                                           {"sec", Unit::millisecond, kSecond},
                                           {"second", Unit::millisecond, kSecond},
                                           {"seconds", Unit::millisecond, kSecond},
                                           {"m", Unit::millisecond, kMinute},
                                           {"min", Unit::millisecond, kMinute},
                                           {"minute", Unit::millisecond, kMinute},
                                           {"minutes", Unit::millisecond, kMinute},
                                           {"h", Unit::millisecond, kHour},
                                           {"hour", Unit::millisecond, kHour},
                                           {"hours", Unit::millisecond, kHour},
                                           {"d", Unit::millisecond, kDay},
                                           {"day", Unit::millisecond, kDay},
                                           {"days", Unit::millisecond, kDay},
                                           {"w", Unit::millisecond, 7 * kDay},
                                           {"week", Unit::millisecond, 7 * kDay},
                                           {"weeks", Unit::millisecond, 7 * kDay},
                                           {"month", Unit::month, 0},
                                           {"months", Unit::month, 0},
                                           {"y", Unit::year, 0},
                                           {"year", Unit::year, 0},
                                           {"years", Unit::year, 0},
                                           {"秒", Unit::millisecond, kSecond},
                                           {"秒钟", Unit::millisecond, kSecond},
                                           {"分", Unit::millisecond, kMinute},
                                           {"分钟", Unit::millisecond, kMinute},
                                           {"小时", Unit::millisecond, kHour},
                                           {"个小时", Unit::millisecond, kHour},
                                           {"天", Unit::millisecond, kDay},
                                           {"日", Unit::millisecond, kDay},
                                           {"周", Unit::millisecond, 7 * kDay},
                                           {"星期", Unit::millisecond, 7 * kDay},
                                           {"个星期", Unit::millisecond, 7 * kDay},
                                           {"个月", Unit::month, 0},
                                           {"月", Unit::month, 0},
                                           {"年", Unit::year, 0}}};

/// `2h`, `2 hours`, `3天`, `1h30m`, shifted by `sign`.
std::optional<TimeRange> relative(Reader const& r, std::string_view text, int sign) {
  if (auto const duration = parse_duration(text)) return shifted(r, Unit::millisecond, sign, duration->count());
  std::size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
  auto const count = parse_integer(text.substr(0, digits), 0, 100'000);
  std::string_view unit = text.substr(digits);
  if (!unit.empty() && unit.front() == ' ') unit.remove_prefix(1);
  if (!count) return std::nullopt;
  for (auto const& known : kUnits) {
    if (known.name == unit && !(known.unit == Unit::year && *count > 5000)) {
      return shifted(r, known.unit, sign * *count, known.ms);
    }
  }
  return std::nullopt;
}

std::optional<TimeRange> relative_forms(Reader const& r) {
  std::string_view const text = r.text;
  auto const ends_with = [&](std::string_view tail) { return text.size() > tail.size() && text.ends_with(tail); };
  auto const without = [&](std::string_view tail) {
    std::string_view body = text.substr(0, text.size() - tail.size());
    if (!body.empty() && body.back() == ' ') body.remove_suffix(1);
    return body;
  };
  if (text == "now" || text == "现在") return TimeRange{r.now, r.now};
  if (text.starts_with("-")) return relative(r, text.substr(1), -1);
  if (text.starts_with("+")) return relative(r, text.substr(1), 1);
  if (text.starts_with("in ")) return relative(r, text.substr(3), 1);
  if (ends_with(" ago")) return relative(r, without(" ago"), -1);
  for (std::string_view const tail : {"以前", "之前", "前"}) {
    if (ends_with(tail)) return relative(r, without(tail), -1);
  }
  for (std::string_view const tail : {"以后", "之后", "后"}) {
    if (ends_with(tail)) return relative(r, without(tail), 1);
  }
  return std::nullopt;
}

std::optional<TimeRange> named_forms(Reader const& r) {
  struct Name {
    std::string_view text;
    Unit unit;
    int offset;
  };
  static constexpr std::array<Name, 37> kNames{
      {{"today", Unit::day, 0},        {"yesterday", Unit::day, -1},    {"tomorrow", Unit::day, 1},
       {"this week", Unit::week, 0},   {"last week", Unit::week, -1},   {"next week", Unit::week, 1},
       {"this month", Unit::month, 0}, {"last month", Unit::month, -1}, {"next month", Unit::month, 1},
       {"this year", Unit::year, 0},   {"last year", Unit::year, -1},   {"next year", Unit::year, 1},
       {"今天", Unit::day, 0},         {"今日", Unit::day, 0},          {"昨天", Unit::day, -1},
       {"昨日", Unit::day, -1},        {"前天", Unit::day, -2},         {"明天", Unit::day, 1},
       {"后天", Unit::day, 2},         {"本周", Unit::week, 0},         {"这周", Unit::week, 0},
       {"上周", Unit::week, -1},       {"上星期", Unit::week, -1},      {"下周", Unit::week, 1},
       {"下星期", Unit::week, 1},      {"本月", Unit::month, 0},        {"这个月", Unit::month, 0},
       {"上月", Unit::month, -1},      {"上个月", Unit::month, -1},     {"下月", Unit::month, 1},
       {"下个月", Unit::month, 1},     {"今年", Unit::year, 0},         {"本年", Unit::year, 0},
       {"去年", Unit::year, -1},       {"上年", Unit::year, -1},        {"明年", Unit::year, 1},
       {"前年", Unit::year, -2}}};
  for (auto const& name : kNames) {
    if (name.text == r.text) return named_span(r, name.unit, name.offset);
  }
  return std::nullopt;
}

std::optional<int> digits_at(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return std::nullopt;
  auto const value = parse_integer(text.substr(at, count), 0, 9999);
  return value ? std::optional<int>(static_cast<int>(*value)) : std::nullopt;
}

/// `2026-w45`
std::optional<TimeRange> iso_week(Reader const& r) {
  std::string_view const text = r.text;
  auto const y = digits_at(text, 0, 4), week = digits_at(text, 6, 2);
  if (text.size() != 8 || text.substr(4, 2) != "-w" || !y || !week || *week < 1 || *week > 53 || *y < 1)
    return std::nullopt;
  sys_days const first = monday_of(sys_days(year(*y) / January / 4));
  sys_days const begin = first + days(7 * (*week - 1));
  if (begin >= monday_of(sys_days(year(*y + 1) / January / 4))) unreadable(r);
  return whole_days(r, begin, begin + days(7));
}

/// `2026-11`, `2026-11-23`, `2026-11-23 09:30[:15]`
std::optional<TimeRange> calendar_form(Reader const& r) {
  std::string_view const text = r.text;
  auto const y = digits_at(text, 0, 4), m = digits_at(text, 5, 2);
  if (!y || !m || *y < 1 || text[4] != '-') return std::nullopt;
  year_month const ym = year(*y) / month(static_cast<unsigned>(*m));
  if (!ym.ok()) return std::nullopt;
  if (text.size() == 7) return whole_days(r, sys_days(ym / 1), sys_days((ym + months(1)) / 1));
  auto const d = digits_at(text, 8, 2);
  if (!d || text[7] != '-') return std::nullopt;
  year_month_day const date = ym / day(static_cast<unsigned>(*d));
  if (!date.ok()) return std::nullopt;
  if (text.size() == 10) return whole_days(r, sys_days(date), sys_days(date) + days(1));
  auto const hour = digits_at(text, 11, 2), minute = digits_at(text, 14, 2);
  auto const second = text.size() == 19 && text[16] == ':' ? digits_at(text, 17, 2) : std::optional<int>(0);
  bool const shape =
      (text.size() == 16 || text.size() == 19) && (text[10] == ' ' || text[10] == 't') && text[13] == ':';
  if (!shape || !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  TimePoint const at = exact(r, {*y, *m, *d, *hour, *minute, *second});
  return TimeRange{at, at};
}

std::optional<TimeRange> epoch_form(Reader const& r) {
  if (!r.text.starts_with("@")) return std::nullopt;
  auto const seconds_since = parse_integer(std::string_view(r.text).substr(1), -62'135'596'800, 253'402'300'799);
  if (!seconds_since) return std::nullopt;
  TimePoint const at{seconds(*seconds_since)};
  return TimeRange{at, at};
}

std::optional<TimeRange> any_form(Reader const& r) {
  for (auto* const form : {relative_forms, named_forms, iso_week, calendar_form, epoch_form}) {
    if (auto const range = form(r)) return range;
  }
  return std::nullopt;
}

}  // namespace

TimeRange parse_time_range(std::string_view text, TimePoint now, TimeZone const& zone) {
  Reader r{text, tidy(text.substr(0, 200)), now, zone};
  if (r.text.empty()) unreadable(r);
  if (auto const at = parse_rfc3339(text)) return {*at, *at};
  if (auto const range = any_form(r)) return *range;
  auto said = plain_time(r.text, zone.to_civil(now));
  if (!said) unreadable(r);
  r.text = std::move(*said);
  if (auto const range = any_form(r)) return *range;
  unreadable(r);
}

TimePoint parse_time(std::string_view text, TimePoint now, TimeZone const& zone) {
  return parse_time_range(text, now, zone).begin;
}

}  // namespace umsops::base
