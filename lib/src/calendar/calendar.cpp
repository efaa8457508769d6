// SPDX-License-Identifier: Apache-2.0
#include "umsops/calendar/calendar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "umsops/base/error.hpp"

namespace umsops::calendar {
namespace {

constexpr Window kWholeDay[] = {{0, kMinutesOfDay}};

[[noreturn]] void refuse(std::string problem) {
  throw base::Error(base::errors::calendar_invalid, {{"problem", std::move(problem)}});
}

std::string clock_text(int minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); }

std::string text_of(Window const& window) {
  return fmt::format("{}-{}", clock_text(window.from), clock_text(window.to));
}

std::string text_of(Date date) {
  std::chrono::year_month_day const day{date};
  return fmt::format("{:04}-{:02}-{:02}", int(day.year()), unsigned(day.month()), unsigned(day.day()));
}

void put_exceptions_in_order(std::vector<DayRule>& rules) {
  std::stable_sort(rules.begin(), rules.end(), [](auto const& a, auto const& b) { return a.date < b.date; });
  for (std::size_t i = 0; i < rules.size(); ++i) {
    DayRule& rule = rules[i];
    rule.windows = in_order(std::move(rule.windows));
    if (rule.working == rule.windows.empty()) {
      refuse(fmt::format("{} is a {}", text_of(rule.date),
                         rule.working ? "working day without hours" : "holiday with hours"));
    }
    if (i > 0 && rules[i - 1].date == rule.date) refuse(fmt::format("two rules for {}", text_of(rule.date)));
  }
}

}  // namespace

std::vector<Window> in_order(std::vector<Window> windows) {
  std::sort(windows.begin(), windows.end(), [](Window a, Window b) { return a.from < b.from; });
  std::vector<Window> out;
  for (Window const window : windows) {
    if (window.from < 0 || window.from >= window.to || window.to > kMinutesOfDay) {
      refuse(fmt::format("{} is no window of a day", text_of(window)));
    }
    if (!out.empty() && window.from < out.back().to) {
      refuse(fmt::format("{} and {} overlap", text_of(out.back()), text_of(window)));
    }
    if (!out.empty() && window.from == out.back().to) {
      out.back().to = window.to;
    } else {
      out.push_back(window);
    }
  }
  return out;
}

Calendar::Calendar() {
  static auto const kAlways = [] {
    auto source = std::make_shared<CalendarSource>();
    source->name = "24x7";
    source->always = true;
    return source;
  }();
  source_ = kAlways;
}

Calendar Calendar::make(CalendarSource source) {
  bool windows = false;
  for (auto& day : source.week) {
    day = in_order(std::move(day));
    windows = windows || !day.empty();
  }
  if (source.always && (windows || !source.exceptions.empty())) refuse("always stands alone: no hours, no holidays");
  if (!source.always && !windows) refuse("not a single window in the week");
  put_exceptions_in_order(source.exceptions);
  Calendar out;
  out.source_ = std::make_shared<CalendarSource const>(std::move(source));
  return out;
}

DayRule const* Calendar::exception(Date date) const {
  auto const& rules = source_->exceptions;
  auto const at = std::lower_bound(rules.begin(), rules.end(), date,
                                   [](DayRule const& rule, Date wanted) { return rule.date < wanted; });
  return at != rules.end() && at->date == date ? &*at : nullptr;
}

std::span<Window const> Calendar::windows(Date date) const {
  if (source_->always) return kWholeDay;
  if (DayRule const* const rule = exception(date)) return rule->windows;
  return source_->week[std::chrono::weekday(date).iso_encoding() - 1];
}

Date date_of(Calendar const& calendar, TimePoint at) {
  using namespace std::chrono;
  base::CivilTime const civil = calendar.zone().to_civil(at);
  return local_days(year(civil.year) / month(static_cast<unsigned>(civil.month)) /
                    day(static_cast<unsigned>(civil.day)));
}

TimePoint instant_of(Calendar const& calendar, Date date, int minute) {
  if (calendar.zone().is_utc())
    return TimePoint(std::chrono::sys_days(date.time_since_epoch())) + std::chrono::minutes(minute);
  std::chrono::year_month_day const day{date};
  return calendar.zone().first_at({int(day.year()), static_cast<int>(unsigned(day.month())),
                                   static_cast<int>(unsigned(day.day())), minute / 60, minute % 60, 0});
}

std::optional<Date> known_until(Calendar const& calendar) {
  auto const rules = calendar.exceptions();
  if (calendar.always() || rules.empty()) return std::nullopt;
  std::chrono::year_month_day const last{rules.back().date};
  return Date(last.year() / std::chrono::December / 31);
}

}  // namespace umsops::calendar
