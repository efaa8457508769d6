// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/sla/levels.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;

constexpr std::string_view kSchema = "umsops.calendar.list/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;
constexpr std::string_view kDays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

constexpr Field kFields[] = {
    {"name", FieldType::text, {}, kShown, "Name of the calendar", "日历名称", "日历"},
    {"zone", FieldType::text, {}, kShown, "Time zone of its hours", "工作时间所用时区", "时区"},
    {"hours", FieldType::object, {}, kShown, "Windows by weekday", "每周各日的工作时段", "工作时段"},
    {"always", FieldType::boolean, {}, base::kInWide, "Every instant is working time", "全天候", "全天候"},
    {"holidays", FieldType::integer, {}, kShown, "Number of holidays", "节假日天数", "节假日"},
    {"working_days", FieldType::integer, {}, kShown, "Number of make-up working days", "调休上班天数", "调休"},
    {"until", FieldType::text, {}, kShown, "Last day with a rule", "最后一个指定的日期", "截至"},
    {"policies", FieldType::list, {}, kShown, "Policies that use it", "使用它的策略", "策略"},
};

/// `mon-fri 09:00-18:00`, days in a row with the same windows together.
std::string hours_text(Env& env, calendar::Calendar const& calendar) {
  if (calendar.always()) return env.phrase(Phrase::always_open);
  auto const& week = calendar.week();
  std::string out;
  for (std::size_t first = 0, last = 0; first < week.size(); first = last + 1) {
    last = first;
    while (last + 1 < week.size() && week[last + 1] == week[first]) ++last;
    if (week[first].empty()) continue;
    out += out.empty() ? "" : "; ";
    out += kDays[first];
    if (last > first) out += "-" + std::string(kDays[last]);
    out += " " + levels::windows_text(week[first]);
  }
  return out;
}

Value hours_value(calendar::Calendar const& calendar) {
  Value::Object out;
  for (std::size_t day = 0; day < calendar.week().size(); ++day) {
    out.emplace_back(kDays[day], levels::windows_value(calendar.week()[day]));
  }
  return out;
}

base::Row row_of(Env& env, sla::Book const& book, calendar::Calendar const& calendar) {
  std::int64_t holidays = 0, working = 0;
  for (auto const& rule : calendar.exceptions()) ++(rule.working ? working : holidays);
  Value::List policies;
  for (auto const& policy : book.policies()) {
    if (policy.calendar == calendar.name()) policies.emplace_back(policy.name);
  }
  auto const last =
      calendar.exceptions().empty() ? Value() : Value(levels::date_text(calendar.exceptions().back().date));
  return {calendar.name(),
          calendar.zone().name(),
          env.human() ? Value(hours_text(env, calendar)) : hours_value(calendar),
          calendar.always(),
          holidays,
          working,
          last,
          std::move(policies)};
}

int run_list(Env& env, Call const& call) {
  auto const book = env.sla(call.all("sla"));
  auto writer = format::list_writer(env.out(), env.style("name"), kSchema, "calendar", kFields);
  for (auto const& calendar : book.calendars()) writer->row(row_of(env, book, calendar));
  writer->end({});
  return 0;
}

constexpr Flag kFlags[] = {flags::kSlaFile, flags::kHeader, flags::kCsvSafe, flags::kCsvBom};
constexpr Example kExamples[] = {
    {"umsops calendar list", {"the calendars, and how far their holidays are known", "有哪些日历，节假日登记到何时"}},
    {"umsops calendar list --sla china.yaml -o json | jq -r '.items[] | [.name, .until] | @tsv'",
     {"for a program", "供程序使用"}},
};
constexpr int kExits[] = {5, 9};

}  // namespace

constinit Command const kCalendarList{
    .path = "calendar list",
    .summary = {"list the business calendars", "列出工作日历"},
    .description =
        {"Lists the calendars that policies can use: those of the SLA files, and the built-in '24x7' and 'business'.",
         "列出策略可以使用的日历：SLA 文件中的日历，以及始终可用的 24x7 和 business。"},
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_list,
};

}  // namespace umsops::cli
