// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/sla/levels.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;

constexpr std::string_view kSchema = "umsops.sla.list/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kFields[] = {
    {"name", FieldType::text, {}, kShown, "Name of the policy", "策略名称", "策略"},
    {"match",
     FieldType::object,
     {},
     kShown,
     "Tickets that it applies to: all fields must match",
     "适用的工单：所有字段须满足",
     "适用于"},
    {"calendar", FieldType::text, {}, kShown, "Calendar of its targets", "目标所用的日历", "日历"},
    {"response", FieldType::integer, {}, kShown, "First response within, in seconds", "首次响应时限（秒）", "响应"},
    {"resolution", FieldType::integer, {}, kShown, "Resolution within, in seconds", "解决时限（秒）", "解决"},
    {"response_at_risk",
     FieldType::integer,
     {},
     base::kInWide,
     "At risk from this percentage on",
     "响应风险阈值（%）",
     "响应风险%"},
    {"resolution_at_risk",
     FieldType::integer,
     {},
     base::kInWide,
     "At risk from this percentage on",
     "解决风险阈值（%）",
     "解决风险%"},
    {"counts_also",
     FieldType::list,
     {},
     0,
     "States in which its resolution clock runs too",
     "解决时钟同样计时的状态",
     "同样计时"},
    {"ladder", FieldType::list, {}, kShown, "What happens before and after the due time", "截止前后的升级步骤", "升级"},
    {"file", FieldType::text, {}, base::kInWide, "Where it stands", "所在文件", "文件"},
    {"line", FieldType::integer, {}, base::kInWide, "And in which line", "所在行", "行"},
};

/// `+0 LEVEL_1, +2h LEVEL_2`
std::string ladder_text(sla::Policy const& policy) {
  std::string out;
  for (auto const& step : policy.ladder) {
    std::string const id = step.id();
    out += out.empty() ? "" : ", ";
    out += step.clock == sla::ClockKind::resolution ? id.substr(id.find(':') + 1) : id;
    if (step.level) out += " LEVEL_" + std::to_string(*step.level);
  }
  return out;
}

std::string match_text(sla::Match const& match) {
  std::string out;
  for (auto const& [field, values] : match.fields) {
    out += (out.empty() ? "" : " ") + field + "=";
    for (std::size_t i = 0; i < values.size(); ++i) out += (i > 0 ? "," : "") + values[i];
  }
  return out;
}

Value ladder_value(sla::Policy const& policy) {
  Value::List out;
  for (auto const& step : policy.ladder) out.push_back(levels::step_value(step, {}));
  return out;
}

Value states_value(std::vector<model::TicketStatus> const& states) {
  Value::List out;
  for (auto const state : states) out.emplace_back(model::to_string(state));
  return out;
}

base::Row row_of(Env& env, sla::Policy const& policy) {
  bool const human = env.human();
  auto const target = [&](std::optional<base::Milliseconds> const& span) {
    return span ? levels::span(env, *span) : Value();
  };
  bool const has_file = !policy.spot.file.empty();
  return {policy.name,
          human ? Value(match_text(policy.match)) : levels::match_value(policy.match),
          policy.calendar,
          target(policy.response),
          target(policy.resolution),
          policy.response_at_risk,
          policy.resolution_at_risk,
          states_value(policy.counts_also),
          human ? Value(ladder_text(policy)) : ladder_value(policy),
          has_file ? Value(policy.spot.file) : Value(),
          has_file ? Value(policy.spot.line) : Value()};
}

int run_list(Env& env, Call const& call) {
  auto const book = env.sla(call.all("sla"));
  auto writer = format::list_writer(env.out(), env.style("name"), kSchema, "policy", kFields);
  for (auto const& policy : book.policies()) writer->row(row_of(env, policy));
  writer->end({false, {}, {{"version", book.version()}}});
  return 0;
}

constexpr Flag kFlags[] = {flags::kSlaFile, flags::kHeader, flags::kCsvSafe, flags::kCsvBom};
constexpr Example kExamples[] = {
    {"umsops sla list", {"the policies in use, in the order they are tried", "当前策略，按匹配顺序"}},
    {"umsops sla list --sla china.yaml -o json | jq -c '.items[] | [.name, .response, .resolution, .calendar]'",
     {"those of a file; durations are seconds", "某个文件中的策略；时长以秒计"}},
};
constexpr int kExits[] = {5, 9};

}  // namespace

constinit Command const kSlaList{
    .path = "sla list",
    .summary = {"list the SLA policies", "列出 SLA 策略"},
    .description = {"Lists the policies in the order they are tried: the first that matches sets a ticket's targets. "
                    "Targets and ladder steps are in working time of the policy's calendar.",
                    "按匹配顺序列出策略：第一个匹配的策略决定工单的目标。目标与升级步骤均按策略所用日历的工作时间计。"},
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_list,
};

}  // namespace umsops::cli
