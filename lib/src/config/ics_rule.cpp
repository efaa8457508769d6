// SPDX-License-Identifier: Apache-2.0
#include "config/ics_rule.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "umsops/base/number.hpp"

namespace umsops::config {
namespace {

using calendar::Date;
using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr int kLastYear = 2099;
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
  if (text.size() > 2) out.nth = number_in(text.substr(0, text.size() - 2), -5, 5);
  return out;
}

void read_part(std::string_view name, std::string_view value, IcsRule& rule) {
  if (name == "FREQ") {
    if (value != "YEARLY") throw invalid({}, fmt::format("only yearly rules are read, not {}", echo(value)));
  } else if (name == "INTERVAL") {
    rule.interval = number_in(value, 1, 1000);
  } else if (name == "COUNT") {
    rule.count = number_in(value, 1, 100'000);
  } else if (name == "UNTIL") {
    rule.until = ics_date(value.substr(0, 8));
    if (!rule.until) throw invalid({}, fmt::format("{} is no date", echo(value)));
  } else if (name == "BYMONTH") {
    for (auto const part : split(value, ',')) rule.months.push_back(number_in(part, 1, 12));
  } else if (name == "BYMONTHDAY") {
    for (auto const part : split(value, ',')) rule.month_days.push_back(number_in(part, -31, 31));
  } else if (name == "BYDAY") {
    for (auto const part : split(value, ',')) rule.weekdays.push_back(weekday_of(part));
  } else if (name != "WKST") {  // the first day of the week matters to weekly rules only
    throw invalid({}, fmt::format("rules with {} are not read", echo(name)));
  }
}

bool fits_month_day(IcsRule const& rule, year_month_day const& date, int last) {
  int const from_start = static_cast<int>(unsigned(date.day()));
  return std::any_of(rule.month_days.begin(), rule.month_days.end(),
                     [&](int wanted) { return wanted == from_start || wanted == from_start - last - 1; });
}

bool fits_weekday(IcsRule const& rule, year_month_day const& date, int last) {
  int const weekday = static_cast<int>(std::chrono::weekday(Date(date)).iso_encoding());
  int const index = static_cast<int>(unsigned(date.day())) - 1;
  return std::any_of(rule.weekdays.begin(), rule.weekdays.end(), [&](IcsRule::Weekday const& wanted) {
    if (wanted.weekday != weekday) return false;
    return wanted.nth == 0 || wanted.nth == index / 7 + 1 || wanted.nth == -((last - 1 - index) / 7 + 1);
  });
}

void add_month(IcsRule const& rule, year y, int m, Date start, std::vector<Date>& out) {
  auto const in_month = y / month(static_cast<unsigned>(m));
  int const last = static_cast<int>(unsigned((in_month / std::chrono::last).day()));
  bool const by_rule = !rule.month_days.empty() || !rule.weekdays.empty();
  for (int d = 1; d <= last; ++d) {
    auto const date = in_month / day(static_cast<unsigned>(d));
    if (!by_rule && date.day() != year_month_day(start).day()) continue;
    if (!rule.month_days.empty() && !fits_month_day(rule, date, last)) continue;
    if (!rule.weekdays.empty() && !fits_weekday(rule, date, last)) continue;
    if (Date(date) >= start && (!rule.until || Date(date) <= *rule.until)) out.emplace_back(date);
  }
}

}  // namespace

std::optional<Date> ics_date(std::string_view text) {
  if (text.size() != 8) return std::nullopt;
  auto const y = base::parse_integer(text.substr(0, 4), 1, 9999);
  auto const m = base::parse_integer(text.substr(4, 2), 1, 12);
  auto const d = base::parse_integer(text.substr(6, 2), 1, 31);
  if (!y || !m || !d) return std::nullopt;
  auto const date = year(static_cast<int>(*y)) / month(static_cast<unsigned>(*m)) / day(static_cast<unsigned>(*d));
  return date.ok() ? std::optional(Date(date)) : std::nullopt;
}

IcsRule read_ics_rule(std::string_view text, base::SourceSpot const& spot) {
  IcsRule rule;
  bool yearly = false;
  try {
    for (auto const part : split(text, ';')) {
      if (part.empty()) continue;
      std::size_t const equals = part.find('=');
      if (equals == std::string_view::npos) throw invalid({}, fmt::format("{} is no part of a rule", echo(part)));
      read_part(part.substr(0, equals), part.substr(equals + 1), rule);
      yearly = yearly || part.starts_with("FREQ=");
    }
    if (!yearly) throw invalid({}, "a rule without FREQ");
    bool const nth = std::any_of(rule.weekdays.begin(), rule.weekdays.end(), [](auto const& w) { return w.nth != 0; });
    if (nth && rule.months.empty())
      throw invalid({}, "a weekday of the year, not of a month, is not read", "add BYMONTH");
  } catch (base::Error const& error) {
    throw invalid(spot, "RRULE: " + error.message(), error.hint());
  }
  return rule;
}

std::vector<Date> dates_of(IcsRule const& rule, Date start) {
  year_month_day const first{start};
  std::vector<int> months = rule.months;
  bool const every_month = months.empty() && (!rule.month_days.empty() || !rule.weekdays.empty());
  for (int m = 1; every_month && m <= 12; ++m) months.push_back(m);
  if (months.empty()) months.push_back(static_cast<int>(unsigned(first.month())));
  std::sort(months.begin(), months.end());
  std::vector<Date> out;
  for (int y = int(first.year()); y <= kLastYear; y += rule.interval) {
    for (int const m : months) add_month(rule, year(y), m, start, out);
    if (rule.count > 0 && out.size() >= static_cast<std::size_t>(rule.count)) break;
  }
  if (rule.count > 0 && out.size() > static_cast<std::size_t>(rule.count))
    out.resize(static_cast<std::size_t>(rule.count));
  return out;
}

}  // namespace umsops::config
