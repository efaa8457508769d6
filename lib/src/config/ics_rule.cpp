// SPDX-License-Identifier: Apache-2.0
#include "config/ics_rule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "umsops/base/number.hpp"

namespace umsops::config {
namespace {

using calendar::Date;
using std::chrono::days;
using std::chrono::year_month_day;

constexpr int kLastYear = 2099;
constexpr std::chrono::minutes kEndOfDay{1439};
constexpr std::string_view kWeekdays[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> out;
  while (true) {
    std::size_t const end = std::min(text.find(at), text.size());
    out.push_back(text.substr(0, end));
    if (end == text.size()) return out;
    text.remove_prefix(end + 1);
  }
}

int number_in(std::string_view text, int least, int most) {
  if (text.starts_with('+')) text.remove_prefix(1);
  auto const number = base::parse_integer(text, least, most);
  if (!number || *number == 0) throw invalid({}, fmt::format("{} is no number from {} to {}", echo(text), least, most));
  return static_cast<int>(*number);
}

IcsRule::Weekday weekday_of(std::string_view text) {
  IcsRule::Weekday out;
  std::string_view const name = text.substr(text.size() < 2 ? 0 : text.size() - 2);
  auto const at = std::find(std::begin(kWeekdays), std::end(kWeekdays), name);
  if (at == std::end(kWeekdays)) throw invalid({}, fmt::format("{} is no weekday", echo(text)), "e.g. 4TH, -1MO, SU");
  out.weekday = static_cast<int>(at - std::begin(kWeekdays)) + 1;
  if (text.size() > 2) out.nth = number_in(text.substr(0, text.size() - 2), -53, 53);
  return out;
}

IcsRule::Every every_of(std::string_view value) {
  constexpr std::pair<std::string_view, IcsRule::Every> kNames[] = {{"DAILY", IcsRule::Every::day},
                                                                    {"WEEKLY", IcsRule::Every::week},
                                                                    {"MONTHLY", IcsRule::Every::month},
                                                                    {"YEARLY", IcsRule::Every::year}};
  for (auto const& [name, every] : kNames) {
    if (value == name) return every;
  }
  throw invalid({}, fmt::format("rules of whole days are read, not {}", echo(value)));
}

void read_part(std::string_view name, std::string_view value, base::TimeZone const& zone, IcsRule& rule) {
  auto const numbers = [&](std::vector<int>& out, int least, int most) {
    for (auto const part : split(value, ',')) out.push_back(number_in(part, least, most));
  };
  if (name == "FREQ") {
    rule.every = every_of(value);
  } else if (name == "INTERVAL") {
    rule.interval = number_in(value, 1, 1000);
  } else if (name == "COUNT") {
    rule.count = number_in(value, 1, 100'000);
  } else if (name == "UNTIL") {
    rule.until = ics_moment(value, {}, zone);
    if (!rule.until->timed) rule.until->of_day = kEndOfDay;
  } else if (name == "WKST") {
    rule.week_begins = weekday_of(value).weekday;
  } else if (name == "BYMONTH") {
    numbers(rule.months, 1, 12);
  } else if (name == "BYMONTHDAY") {
    numbers(rule.month_days, -31, 31);
  } else if (name == "BYSETPOS") {
    numbers(rule.positions, -366, 366);
  } else if (name == "BYDAY") {
    for (auto const part : split(value, ',')) rule.weekdays.push_back(weekday_of(part));
  } else {
    throw invalid({}, fmt::format("rules with {} are not read", echo(name)));
  }
}

int weekday_on(Date date) { return static_cast<int>(std::chrono::weekday(date).iso_encoding()); }
int day_of_month(Date date) { return static_cast<int>(unsigned(year_month_day(date).day())); }
int month_of(Date date) { return static_cast<int>(unsigned(year_month_day(date).month())); }

/// Days from `first` to before `end`.
struct Period {
  Date first, end;
};

bool fits_month(IcsRule const& rule, Date date) {
  return rule.months.empty() || std::find(rule.months.begin(), rule.months.end(), month_of(date)) != rule.months.end();
}

bool fits_month_day(IcsRule const& rule, Date date) {
  year_month_day const day{date};
  int const last = static_cast<int>(unsigned((day.year() / day.month() / std::chrono::last).day()));
  int const from_start = day_of_month(date);
  return std::any_of(rule.month_days.begin(), rule.month_days.end(),
                     [&](int wanted) { return wanted == from_start || wanted == from_start - last - 1; });
}

/// The n-th weekday counts within the month, in yearly rules without months within the year.
Period counted_in(IcsRule const& rule, Date date) {
  year_month_day const day{date};
  if (rule.every == IcsRule::Every::year && rule.months.empty()) {
    return {Date(day.year() / 1 / 1), Date((day.year() + std::chrono::years(1)) / 1 / 1)};
  }
  return {Date(day.year() / day.month() / 1), Date(day.year() / day.month() / std::chrono::last) + days(1)};
}

bool fits_weekday(IcsRule const& rule, Date date) {
  Period const within = counted_in(rule, date);
  auto const before = (date - within.first).count() / 7, behind = ((within.end - date).count() - 1) / 7;
  return std::any_of(rule.weekdays.begin(), rule.weekdays.end(), [&](IcsRule::Weekday const& wanted) {
    if (wanted.weekday != weekday_on(date)) return false;
    return wanted.nth == 0 || wanted.nth == before + 1 || wanted.nth == -(behind + 1);
  });
}

/// What a rule that names no days takes from the day on which it starts.
bool fits_start(IcsRule const& rule, Date date, Date start) {
  switch (rule.every) {
    case IcsRule::Every::day:
      return true;
    case IcsRule::Every::week:
      return weekday_on(date) == weekday_on(start);
    case IcsRule::Every::month:
      return day_of_month(date) == day_of_month(start);
    case IcsRule::Every::year:
      break;
  }
  return day_of_month(date) == day_of_month(start) && (!rule.months.empty() || month_of(date) == month_of(start));
}

bool fits(IcsRule const& rule, Date date, Date start) {
  if (!fits_month(rule, date)) return false;
  if (rule.month_days.empty() && rule.weekdays.empty()) return fits_start(rule, date, start);
  return (rule.month_days.empty() || fits_month_day(rule, date)) && (rule.weekdays.empty() || fits_weekday(rule, date));
}

Period period_of(IcsRule const& rule, Date start, int number) {
  int const step = number * rule.interval;
  year_month_day const day{start};
  switch (rule.every) {
    case IcsRule::Every::day:
      return {start + days(step), start + days(step + 1)};
    case IcsRule::Every::week: {
      Date const monday = start - days((weekday_on(start) - rule.week_begins + 7) % 7);
      return {monday + days(7 * step), monday + days(7 * (step + 1))};
    }
    case IcsRule::Every::month: {
      auto const month = day.year() / day.month() + std::chrono::months(step);
      return {Date(month / 1), Date(month / std::chrono::last) + days(1)};
    }
    case IcsRule::Every::year:
      break;
  }
  auto const year = day.year() + std::chrono::years(step);
  return {Date(year / 1 / 1), Date((year + std::chrono::years(1)) / 1 / 1)};
}

/// Whether no day of that month can be one: most yearly rules name a month, or take that of their start.
bool leaves_out_month(IcsRule const& rule, Date date, Date start) {
  if (rule.every != IcsRule::Every::year) return false;
  bool const by_start = rule.months.empty() && rule.month_days.empty() && rule.weekdays.empty();
  return by_start ? month_of(date) != month_of(start) : !fits_month(rule, date);
}

Date next_month(Date date) {
  year_month_day const day{date};
  return Date((day.year() / day.month() + std::chrono::months(1)) / 1);
}

std::vector<Date> dates_in(IcsRule const& rule, Period const& period, Date start) {
  std::vector<Date> all;
  for (Date date = period.first; date < period.end;) {
    if (day_of_month(date) == 1 && leaves_out_month(rule, date, start)) {
      date = next_month(date);
      continue;
    }
    if (fits(rule, date, start)) all.push_back(date);
    date += days(1);
  }
  if (rule.positions.empty()) return all;
  std::vector<Date> chosen;
  for (std::size_t i = 0; i < all.size(); ++i) {
    int const from_start = static_cast<int>(i) + 1, from_end = static_cast<int>(i) - static_cast<int>(all.size());
    bool const wanted = std::any_of(rule.positions.begin(), rule.positions.end(),
                                    [&](int at) { return at == from_start || at == from_end; });
    if (wanted) chosen.push_back(all[i]);
  }
  return chosen;
}

}  // namespace

IcsRule read_ics_rule(std::string_view text, base::SourceSpot const& spot, base::TimeZone const& zone) {
  IcsRule rule;
  bool has_pace = false;
  try {
    for (auto const part : split(text, ';')) {
      if (part.empty()) continue;
      std::size_t const equals = part.find('=');
      if (equals == std::string_view::npos) throw invalid({}, fmt::format("{} is no part of a rule", echo(part)));
      read_part(part.substr(0, equals), part.substr(equals + 1), zone, rule);
      has_pace = has_pace || part.starts_with("FREQ=");
    }
    if (!has_pace) throw invalid({}, "a rule without FREQ");
    bool const nth = std::any_of(rule.weekdays.begin(), rule.weekdays.end(), [](auto const& w) { return w.nth != 0; });
    if (nth && (rule.every == IcsRule::Every::day || rule.every == IcsRule::Every::week))
      throw invalid({}, "a numbered weekday goes with months and years");
  } catch (base::Error const& error) {
    throw invalid(spot, "RRULE: " + error.message(), error.hint());
  }
  return rule;
}

std::vector<Date> dates_of(IcsRule const& rule, IcsMoment const& start, std::size_t most) {
  std::vector<Date> out;
  auto const is_over = [&](Date date) {
    if (rule.count > 0 && out.size() >= static_cast<std::size_t>(rule.count)) return true;
    if (out.size() >= most || int(year_month_day(date).year()) > kLastYear) return true;
    return rule.until && (date > rule.until->date || (date == rule.until->date && start.of_day > rule.until->of_day));
  };
  for (int number = 0;; ++number) {
    Period const period = period_of(rule, start.date, number);
    for (Date const date : dates_in(rule, period, start.date)) {
      if (date < start.date) continue;
      if (is_over(date)) return out;
      out.push_back(date);
    }
    if (is_over(period.end)) return out;
  }
}

}  // namespace umsops::config
