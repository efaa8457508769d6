// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/oncall/oncall.hpp"
#include "cli/ticket/ticket.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;

constexpr std::string_view kSchema = "umsops.oncall.who/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kFields[] = {
    {"schedule", FieldType::text, {}, kShown, "The schedule", "值班表", "值班表"},
    {"person", FieldType::text, {}, kShown, "Who is on call; absent: nobody", "值班人；空表示无人", "值班人"},
    {"display_name", FieldType::text, {}, kShown, "Their name", "姓名", "姓名"},
    {"email", FieldType::text, {}, base::kInWide, "Their mail address", "电子邮件", "电子邮件"},
    {"phone", FieldType::text, {}, kShown, "Their telephone number", "电话", "电话"},
    {"begin", FieldType::time, {}, base::kInWide, "Since when", "开始时间", "开始"},
    {"end", FieldType::time, {}, kShown, "Until when", "结束时间", "结束"},
    {"layer", FieldType::text, {}, base::kInWide, "The layer; none for an override", "所属层；替班时为空", "层"},
    {"override", FieldType::boolean, {}, base::kInWide, "Whether it is an override", "是否为替班", "替班"},
    {"absent", FieldType::boolean, {}, kShown, "Whether the person is absent", "是否正在缺勤", "缺勤"},
};

Value or_null(std::string const& text) { return text.empty() ? Value() : Value(text); }

base::Row row_of(people::Roster const& roster, people::Schedule const& schedule,
                 std::optional<people::Shift> const& shift, base::TimePoint at) {
  base::Row row(std::size(kFields));
  row[0] = schedule.name;
  if (!shift) return row;
  auto const* const person = roster.person(shift->person);
  row[1] = shift->person;
  if (person) row[2] = or_null(person->display_name);
  if (person) row[3] = or_null(person->email);
  if (person) row[4] = or_null(person->phone);
  row[5] = shift->begin;
  row[6] = shift->end;
  if (!shift->is_override) row[7] = shift->layer;
  row[8] = shift->is_override;
  row[9] = person && absence_at(*person, at) != nullptr;
  return row;
}

int run_who(Env& env, Call const& call) {
  auto const roster = oncall::roster_of(env, call);
  auto const at = ticket::time_flag(env, call, "at").value_or(env.clock().now());
  auto const style = env.style("person");
  auto writer = format::list_writer(env.out(), style, kSchema, "shift", kFields);
  std::int64_t on_call = 0;
  for (auto const* const schedule : oncall::schedules_of(roster, call)) {
    auto const shift = who(*schedule, at);
    on_call += shift ? 1 : 0;
    if (shift || style.format != format::Format::id) writer->row(row_of(roster, *schedule, shift, at));
  }
  writer->end({false, {}, {{"at", at}}});
  env.out().flush();
  if (call.on("fail-if-empty") && on_call == 0) {
    throw base::Error(base::errors::condition_true, {{"what", env.phrase(Phrase::nobody_on_call)}});
  }
  return 0;
}

constexpr Flag kFlags[] = {
    {.name = "at",
     .value = "TIME",
     .type = FlagType::time,
     .doc = {"at this time, e.g. 'in 2h', '2026-12-24 18:00'", "在此时间，例如 'in 2h'、'2026-12-24 18:00'"},
     .fallback = "now"},
    flags::kRoster,
    {.name = "fail-if-empty", .doc = {"exit 10 if nobody is on call in any of them", "全部无人值班时退出码为 10"}},
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};
constexpr Example kExamples[] = {
    {"umsops oncall who --roster roster.yaml", {"everybody who is on call now", "当前所有值班人"}},
    {"umsops oncall who primary --at '2026-12-24 18:00' --roster roster.yaml -q",
     {"only the name, for a script", "仅输出名字，供脚本使用"}},
    {"umsops oncall who -c roster=roster.yaml -o json | jq -r '.items[] | \"\\(.schedule) \\(.person)\"'",
     {"for a program", "供程序使用"}},
};
constexpr int kExits[] = {9, 10};

}  // namespace

constinit Command const kOncallWho{
    .path = "oncall who",
    .summary = {"show who is on call", "查询值班人"},
    .description =
        {"Shows who is on call in each schedule, now or at another time. A schedule with nobody on call is listed "
         "without a person. An absent person stays on call and is marked: add an override to replace them.",
         "列出各值班表当前或指定时间的值班人；无人值班的值班表也会列出，但没有人名。缺勤者仍算值班并会标明："
         "只有替班安排才会换人。"},
    .arguments = oncall::kSchedules,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_who,
};

}  // namespace umsops::cli
