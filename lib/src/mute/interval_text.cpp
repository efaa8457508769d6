// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <utility>

#include "umsops/base/ascii.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/number.hpp"
#include "umsops/base/text.hpp"
#include "umsops/mute/time_interval.hpp"

namespace umsops::mute {
namespace {

using base::Value;

// FROZEN: hashed. They stand in stored silences.
constexpr std::array<std::string_view, 7> kWeekdays{"sunday",   "monday", "tuesday", "wednesday",
                                                    "thursday", "friday", "saturday"};
constexpr std::array<std::string_view, 12> kMonths{"january",   "february", "march",    "april",
                                                   "may",       "june",     "july",     "august",
                                                   "september", "october",  "november", "december"};
constexpr std::size_t kLongestList = 100;

[[noreturn]] void refuse(std::string_view text, std::string const& problem, std::string const& suggestion = "") {
  throw base::Error(
      base::errors::interval_invalid,
      {{"problem", base::shortened(base::terminal_text(text, base::TextShape::line), 80) + ": " + problem},
       {"suggestion", suggestion}});
}

template <std::size_t N>
int place_in(std::array<std::string_view, N> const& names, std::string_view name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == name) return static_cast<int>(i);
  }
  return -1;
}

template <std::size_t N>
std::string meant(std::array<std::string_view, N> const& names, std::string_view name) {
  auto const begun = std::find_if(names.begin(), names.end(), [&](std::string_view one) {
    return name.size() >= 3 && one.starts_with(name);  // mon, jan
  });
  std::string const near = begun != names.end() ? std::string(*begun) : base::nearest(name, names);
  return near.empty() ? "" : "did you mean " + near + "?";
}

/// `a:b`, or `a` for both.
template <class Number>
NumberRange range_of(std::string_view text, Number const& number) {
  std::string const lower = base::ascii_lower(text);
  std::string_view const all = lower;
  std::size_t const colon = all.find(':');
  if (colon == std::string_view::npos) {
    int const one = number(all);
    return {one, one};
  }
  return {number(all.substr(0, colon)), number(all.substr(colon + 1))};
}

int number_of(std::string_view text, int min, int max, char const* what) {
  auto const number = base::parse_integer(text, min, max);
  if (!number) refuse(text, std::string("not ") + what);
  return static_cast<int>(*number);
}

int minute_of(std::string_view text) {
  bool const shaped = text.size() == 5 && text[2] == ':';
  auto const hour = shaped ? base::parse_integer(text.substr(0, 2), 0, 24) : std::nullopt;
  auto const minute = shaped ? base::parse_integer(text.substr(3), 0, 59) : std::nullopt;
  if (!hour || !minute || *hour * 60 + *minute > 1440 || text[0] == '-' || text[3] == '-')
    refuse(text, "not a time of day", "e.g. \"09:00\", \"24:00\"");
  return static_cast<int>(*hour * 60 + *minute);
}

std::string time_text(int minute) {
  auto const two = [](int number) { return std::string(number < 10 ? "0" : "") + std::to_string(number); };
  return two(minute / 60) + ":" + two(minute % 60);
}

template <class Name>
void add_ranges(Value::Object& out, char const* key, std::vector<NumberRange> const& ranges, Name const& name) {
  Value::List texts;
  for (auto const& range : ranges)
    texts.emplace_back(name(range.begin) + (range.begin == range.end ? "" : ":" + name(range.end)));
  if (!texts.empty()) out.emplace_back(key, std::move(texts));
}

template <class Read>
void read_list(Value const& object, char const* key, Read const& read) {
  auto const* const found = object.find(key);
  if (!found) return;
  auto const* const items = found->get_if<Value::List>();
  if (!items || items->size() > kLongestList) refuse(key, "not a list");
  for (auto const& item : *items) read(item);
}

std::string_view member(Value const& object, char const* key) {
  auto const* const found = object.find(key);
  return found ? found->text() : std::string_view();
}

}  // namespace

MinuteRange parse_times(std::string_view start, std::string_view end) {
  MinuteRange const range{minute_of(start), minute_of(end)};
  if (range.begin >= range.end)
    refuse(std::string(start) + "-" + std::string(end), "the end is not behind the start",
           "over midnight takes two: 22:00-24:00 and 00:00-06:00");
  return range;
}

NumberRange parse_weekdays(std::string_view text) {
  auto const range = range_of(text, [](std::string_view day) {
    int const place = place_in(kWeekdays, day);
    if (place < 0) refuse(day, "no day of the week", meant(kWeekdays, day));
    return place;
  });
  if (range.begin > range.end)
    refuse(text, "the week begins on sunday here, so this ends before it starts", "give two ranges");
  return range;
}

NumberRange parse_days_of_month(std::string_view text) {
  auto const range = range_of(text, [](std::string_view day) {
    int const number = number_of(day, -31, 31, "a day of the month: 1 to 31, or -1 to -31 from its end");
    if (number == 0) refuse(day, "not a day of the month: 1 to 31, or -1 to -31 from its end");
    return number;
  });
  if (range.begin < 0 && range.end > 0) refuse(text, "a range that begins from the month's end must end so, too");
  // The shortest month decides what can never be right.
  auto const in_february = [](int day) { return day < 0 ? 28 + day : day; };
  if (in_february(range.begin) > in_february(range.end)) refuse(text, "it ends before it begins");
  return range;
}

NumberRange parse_months(std::string_view text) {
  auto const range = range_of(text, [](std::string_view month) {
    int const place = place_in(kMonths, month);
    if (place >= 0) return place + 1;
    auto const number = base::parse_integer(month, 1, 12);
    if (!number) refuse(month, "no month", meant(kMonths, month));
    return static_cast<int>(*number);
  });
  if (range.begin > range.end) refuse(text, "it ends before it begins", "over the new year takes two ranges");
  return range;
}

NumberRange parse_years(std::string_view text) {
  auto const range = range_of(text, [](std::string_view year) { return number_of(year, 1, 9999, "a year"); });
  if (range.begin > range.end) refuse(text, "it ends before it begins");
  return range;
}

Value to_value(std::vector<TimeInterval> const& intervals) {
  Value::List out;
  for (auto const& interval : intervals) {
    Value::Object object;
    Value::List times;
    for (auto const& range : interval.times)
      times.emplace_back(Value::Object{{"start_time", time_text(range.begin)}, {"end_time", time_text(range.end)}});
    if (!times.empty()) object.emplace_back("times", std::move(times));
    auto const number = [](int n) { return std::to_string(n); };
    add_ranges(object, "weekdays", interval.weekdays,
               [](int day) { return std::string(kWeekdays[static_cast<std::size_t>(day)]); });
    add_ranges(object, "days_of_month", interval.days_of_month, number);
    add_ranges(object, "months", interval.months,
               [](int month) { return std::string(kMonths[static_cast<std::size_t>(month - 1)]); });
    add_ranges(object, "years", interval.years, number);
    if (interval.location) object.emplace_back("location", interval.location->name());
    out.emplace_back(std::move(object));
  }
  return out;
}

std::vector<TimeInterval> intervals_from_value(Value const& value) {
  std::vector<TimeInterval> out;
  auto const* const items = value.get_if<Value::List>();
  if (!items) return out;
  for (auto const& item : *items) {
    TimeInterval interval;
    read_list(item, "times", [&](Value const& times) {
      interval.times.push_back(parse_times(member(times, "start_time"), member(times, "end_time")));
    });
    read_list(item, "weekdays", [&](Value const& v) { interval.weekdays.push_back(parse_weekdays(v.text())); });
    read_list(item, "days_of_month",
              [&](Value const& v) { interval.days_of_month.push_back(parse_days_of_month(v.text())); });
    read_list(item, "months", [&](Value const& v) { interval.months.push_back(parse_months(v.text())); });
    read_list(item, "years", [&](Value const& v) { interval.years.push_back(parse_years(v.text())); });
    if (auto const zone = member(item, "location"); !zone.empty()) interval.location = base::TimeZone::load(zone);
    out.push_back(std::move(interval));
  }
  return out;
}

}  // namespace umsops::mute
