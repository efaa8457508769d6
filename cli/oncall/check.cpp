// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/oncall/oncall.hpp"
#include "cli/ticket/ticket.hpp"
#include "umsops/base/number.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;

constexpr std::string_view kSchema = "umsops.oncall.check/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;
constexpr std::int64_t kUsual = 14, kMost = 3660;

constexpr Field kFields[] = {
    {"kind",
     FieldType::text,
     {},
     kShown,
     "GAP, DOUBLE_BOOKING, UNKNOWN_PERSON or ABSENT",
     "GAP、DOUBLE_BOOKING、UNKNOWN_PERSON 或 ABSENT",
     "问题"},
    {"schedule", FieldType::text, {}, kShown, "The schedule", "值班表", "值班表"},
    {"begin", FieldType::time, {}, kShown, "From when", "开始时间", "开始"},
    {"end", FieldType::time, {}, kShown, "Until when", "结束时间", "结束"},
    {"person", FieldType::text, {}, kShown, "Who it is about; absent for a gap", "涉及的人；无人值班时为空", "值班人"},
    {"other",
     FieldType::text,
     {},
     kShown,
     "The other schedule, the person of the other override, or the reason of the absence",
     "另一值班表、另一替班安排中的人，或缺勤原因",
     "另一方"},
};

Value or_null(std::string const& text) { return text.empty() ? Value() : Value(text); }

std::int64_t days_of(Env& env, Call const& call) {
  auto const days = call.integer("days").value_or(kUsual);
  if (days >= 1 && days <= kMost) return days;
  throw base::Error(base::errors::usage_bad_value,
                    {{"flag", "--days"},
                     {"value", std::to_string(days)},
                     {"expected", env.phrase(Phrase::days_up_to, {{"most", std::to_string(kMost)}})},
                     {"suggestion", ""}});
}

int run_check(Env& env, Call const& call) {
  auto const roster = oncall::roster_of(env, call);
  auto const days = days_of(env, call);
  auto const from = ticket::time_flag(env, call, "from").value_or(env.clock().now());
  auto const to = from + std::chrono::days(days);
  auto const findings = people::check(roster, from, to);
  auto const count = static_cast<std::int64_t>(findings.size());
  auto writer = format::list_writer(env.out(), env.style("schedule"), kSchema, "finding", kFields);
  for (auto const& finding : findings) {
    writer->row({to_string(finding.kind), finding.schedule, finding.begin, finding.end, or_null(finding.person),
                 or_null(finding.other)});
  }
  writer->end({false, {}, {{"ok", count == 0}, {"from", from}, {"to", to}}});
  if (count == 0) {
    if (env.human()) {
      env.out().write(env.phrase(Phrase::oncall_sound,
                                 {{"count", std::to_string(roster.schedules.size())}, {"days", std::to_string(days)}}) +
                      "\n");
    }
    return 0;
  }
  env.out().flush();
  throw base::Error(base::errors::condition_true,
                    {{"what", env.phrase(Phrase::any_found, {{"count", std::to_string(count)}})}});
}

constexpr Flag kFlags[] = {
    {.name = "days",
     .value = "N",
     .type = FlagType::integer,
     .doc = {"how far to look", "检查多少天"},
     .fallback = "14"},
    {.name = "from",
     .value = "TIME",
     .type = FlagType::time,
     .doc = {"from this time on", "从此时间起"},
     .fallback = "now"},
    flags::kRoster,
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};
constexpr Example kExamples[] = {
    {"umsops oncall check --days 14 --roster roster.yaml",
     {"for cron: exit 10 if there are problems", "用于 cron：有问题时退出码为 10"}},
    {"umsops oncall check --from 2027-02-01 --roster roster.yaml",
     {"somebody is on call during a holiday", "有人在休假期间值班"}},
};
constexpr int kExits[] = {9, 10};

}  // namespace

constinit Command const kOncallCheck{
    .path = "oncall check",
    .summary = {"find gaps and clashes of on-call schedules", "检查值班安排的空缺与冲突"},
    .description =
        {"Looks ahead for times at which nobody is on call, somebody is on call in two schedules, two overrides name "
         "somebody for the same time, or somebody is on call while absent. Exits 10 if there are any. Errors in the "
         "roster file itself (unknown names, an empty rotation) make every command exit 9; 'umsops lint' shows them.",
         "检查今后是否有无人值班、同一人同时在两个值班表中、两个替班安排时间重叠，或缺勤者值班的情况；有则以 10 "
         "退出。名册文件本身的错误（不存在的名字、没有人的轮值）会使所有命令以 9 退出，由 umsops lint 列出。"},
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_check,
};

}  // namespace umsops::cli
