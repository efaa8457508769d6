// SPDX-License-Identifier: Apache-2.0
#include "umsops/prepared/recurring.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "prepared/rhythm.hpp"
#include "umsops/notify/fill.hpp"

namespace umsops::prepared {
namespace {

namespace chrono = std::chrono;
using base::Language;
using base::TimePoint;
using base::Value;

/// No run of days off is longer; without an end, a calendar that knows none would be looked through for ever.
constexpr int kLongestShift = 60;
constexpr std::int64_t kMostPeriods = 200'000;

constexpr std::string_view kNames[] = {"date",          "year",           "month",           "day", "quarter", "week",
                                       "previous_year", "previous_month", "previous_quarter"};

Date shifted(Recurring const& recurring, Date date) {
  if (recurring.shift == Shift::none) return date;
  auto const step = chrono::days(recurring.shift == Shift::next ? 1 : -1);
  Date at = date;
  for (int days = 0; days < kLongestShift; ++days, at += step)
    if (!recurring.calendar.windows(at).empty()) return at;
  return date;
}

Date local_date(base::TimeZone const& zone, TimePoint at) {
  auto const civil = zone.to_civil(at);
  return Date{chrono::year(civil.year) / chrono::month(static_cast<unsigned>(civil.month)) /
              chrono::day(static_cast<unsigned>(civil.day))};
}

TimePoint instant(base::TimeZone const& zone, Date date, int minute) {
  chrono::year_month_day const day{date};
  return zone.first_at({static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
                        static_cast<int>(static_cast<unsigned>(day.day())), minute / 60, minute % 60, 0});
}

Occurrence occurrence_on(Recurring const& recurring, Date nominal) {
  Occurrence out;
  out.nominal = nominal;
  out.date = shifted(recurring, nominal);
  out.due_at = instant(recurring.zone, out.date, recurring.rhythm.minute);
  out.files_at = out.due_at - recurring.lead;
  return out;
}

/// ISO 8601: the week of the Thursday.
int week_of(Date date) {
  auto const weekday = static_cast<int>(chrono::weekday{date}.iso_encoding());
  Date const thursday = date + chrono::days(4 - weekday);
  Date const first{chrono::year_month_day{thursday}.year() / 1 / 1};
  return static_cast<int>((thursday - first).count() / 7) + 1;
}

Value facts_of(Date date) {
  chrono::year_month_day const day{date};
  auto const year = static_cast<int>(day.year());
  auto const month = static_cast<int>(static_cast<unsigned>(day.month()));
  int const quarter = (month - 1) / 3 + 1;
  // Of January the month before is December of the year before: with its year, since alone it would say too little.
  int const before = month == 1 ? 12 : month - 1;
  return Value::Object{{"date", date_text(date)},
                       {"year", fmt::format("{:04}", year)},
                       {"month", fmt::format("{:02}", month)},
                       {"day", fmt::format("{:02}", static_cast<unsigned>(day.day()))},
                       {"quarter", fmt::format("Q{}", quarter)},
                       {"week", fmt::format("W{:02}", week_of(date))},
                       {"previous_year", fmt::format("{:04}", year - 1)},
                       {"previous_month", fmt::format("{:04}-{:02}", month == 1 ? year - 1 : year, before)},
                       {"previous_quarter", quarter == 1 ? fmt::format("{:04} Q4", year - 1)
                                                         : fmt::format("{:04} Q{}", year, quarter - 1)}};
}

constexpr std::string_view kWeekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::string_view kWeekdaysZh[] = {"周一", "周二", "周三", "周四", "周五", "周六", "周日"};
constexpr std::string_view kEvery[] = {"day", "week", "month", "quarter", "year"};
constexpr std::string_view kEveryZh[] = {"天", "周", "月", "季度", "年"};

std::string days_text(Rhythm const& rhythm, bool zh) {
  std::vector<std::string> words;
  if (rhythm.every == Every::week) {
    for (int const one : rhythm.weekdays.empty() ? std::vector<int>{1} : rhythm.weekdays)
      words.emplace_back((zh ? kWeekdaysZh : kWeekdays)[one - 1]);
    return fmt::format("{}", fmt::join(words, zh ? "、" : ", "));
  }
  for (int const day : rhythm.days.empty() ? std::vector<int>{1} : rhythm.days)
    words.push_back(day == kLastDay ? (zh ? "最后一天" : "the last day") : fmt::format("{}{}", day, zh ? " 日" : ""));
  auto out = fmt::format("{}", fmt::join(words, zh ? "、" : ", "));
  if (rhythm.every == Every::month) return out;
  auto const months = rhythm.months.empty() ? std::vector<int>{1} : rhythm.months;
  bool const quarter = rhythm.every == Every::quarter;
  if (zh) return fmt::format("第 {} 个月的 {}", fmt::join(months, "、"), out);
  return fmt::format("{} of {} {}", out, quarter ? "its month" : "month", fmt::join(months, ", "));
}

template <class T>
void take(T& into, T const& own, bool empty) {
  if (!empty) into = own;
}

}  // namespace

std::string_view to_string(Every every) { return kEvery[static_cast<std::size_t>(every)]; }

std::vector<std::string_view> date_names() { return {std::begin(kNames), std::end(kNames)}; }

std::vector<Occurrence> occurrences(Recurring const& recurring, TimePoint after, TimePoint to, std::size_t most) {
  std::vector<Occurrence> out;
  if (to <= after) return out;
  auto const& rhythm = recurring.rhythm;
  auto const slack = chrono::days(kLongestShift + 1);
  Date begin = local_date(recurring.zone, after + recurring.lead) - slack;
  Date const end = local_date(recurring.zone, to + recurring.lead) + slack;
  if (recurring.from) begin = std::max(begin, *recurring.from);
  auto const anchor = recurring.from ? period_of(rhythm.every, *recurring.from) : 0;
  auto const last = std::min(period_of(rhythm.every, end), period_of(rhythm.every, begin) + kMostPeriods);
  for (auto period = period_of(rhythm.every, begin); period <= last && out.size() < most; ++period) {
    if ((period - anchor) % rhythm.interval != 0) continue;
    for (Date const nominal : days_of(rhythm, period)) {
      if (recurring.from && nominal < *recurring.from) continue;
      if (recurring.until && nominal > *recurring.until) continue;
      auto const one = occurrence_on(recurring, nominal);
      if (one.files_at > after && one.files_at <= to) out.push_back(one);
    }
  }
  std::stable_sort(out.begin(), out.end(), [](auto const& a, auto const& b) { return a.files_at < b.files_at; });
  if (out.size() > most) out.resize(most);
  return out;
}

std::string date_text(Date date) {
  chrono::year_month_day const day{date};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

std::string key_of(Recurring const& recurring, Occurrence const& occurrence) {
  return "recurring:" + recurring.name + ":" + date_text(occurrence.nominal);
}

std::string schedule_text(Recurring const& recurring, Language language) {
  bool const zh = language == Language::zh;
  auto const& rhythm = recurring.rhythm;
  auto const every = static_cast<std::size_t>(rhythm.every);
  std::string out =
      zh ? fmt::format("每{}{}", rhythm.interval == 1 ? "" : fmt::format(" {} ", rhythm.interval), kEveryZh[every])
      : rhythm.interval == 1 ? fmt::format("every {}", kEvery[every])
                             : fmt::format("every {} {}s", rhythm.interval, kEvery[every]);
  if (rhythm.every != Every::day) out += (zh ? "，" : " on ") + days_text(rhythm, zh);
  out += fmt::format("{}{:02}:{:02} {}", zh ? "，" : " at ", rhythm.minute / 60, rhythm.minute % 60,
                     recurring.zone.name());
  return out;
}

std::string why(Recurring const& recurring, Occurrence const& occurrence, Language language) {
  bool const zh = language == Language::zh;
  std::vector<std::string> words;
  auto const day = static_cast<int>(static_cast<unsigned>(chrono::year_month_day{occurrence.nominal}.day()));
  auto const& days = recurring.rhythm.days;
  bool const months = recurring.rhythm.every != Every::day && recurring.rhythm.every != Every::week;
  bool const as_written = days.empty() || std::find(days.begin(), days.end(), day) != days.end() ||
                          std::find(days.begin(), days.end(), kLastDay) != days.end();
  if (months && !as_written) words.emplace_back(zh ? "当月没有该日，取最后一天" : "the last day of a shorter month");
  if (occurrence.date != occurrence.nominal) {
    auto const* const rule = recurring.calendar.exception(occurrence.nominal);
    auto const label = rule && !rule->name.empty() ? rule->name : std::string(zh ? "非工作日" : "no working day");
    words.push_back(fmt::format("{}{}{}", date_text(occurrence.nominal), zh ? "：" : ": ", label));
  }
  return fmt::format("{}", fmt::join(words, zh ? "；" : "; "));
}

RecurringTicket ticket_of(Recurring const& recurring, Occurrence const& occurrence) {
  auto const facts = facts_of(occurrence.date);
  RecurringTicket out;
  if (recurring.base) {
    Pairs given;
    for (auto const& [name, text] : recurring.inputs) given.emplace_back(name, notify::filled(text, facts));
    auto all = facts;
    all.add("requester", Value::Object{{"id", recurring.form.requester}});
    all.add("agent", Value::Object{});
    out.form = recurring.base->ticket;
    out.words = filled_ticket(out.form, recurring.language, with_inputs(*recurring.base, given, all));
  }
  auto const own = filled_ticket(recurring.form, recurring.language, facts);
  auto const& form = recurring.form;
  take(out.words.title, own.title, own.title.empty());
  take(out.words.description, own.description, own.description.empty());
  take(out.words.tags, own.tags, own.tags.empty());
  for (auto const& [name, value] : own.attributes) {
    std::erase_if(out.words.attributes, [&, &n = name](auto const& one) { return one.first == n; });
    out.words.attributes.emplace_back(name, value);
  }
  take(out.form.category, form.category, form.category.empty());
  take(out.form.subcategory, form.subcategory, form.subcategory.empty());
  take(out.form.service, form.service, form.service.empty());
  take(out.form.team, form.team, form.team.empty());
  take(out.form.assignee, form.assignee, form.assignee.empty());
  take(out.form.requester, form.requester, form.requester.empty());
  take(out.form.priority, form.priority, !form.priority);
  take(out.form.approval, form.approval, !form.approval);
  return out;
}

}  // namespace umsops::prepared
