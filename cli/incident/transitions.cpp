// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/incident/incident.hpp"
#include "umsops/lifecycle/incident_acts.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;

constexpr std::string_view kSchema = "umsops.incident.transitions/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kFields[] = {
    {"from", FieldType::text, {}, kShown, "The state before", "原状态", "原状态"},
    {"act", FieldType::text, {}, kShown, "What happens", "动作", "动作"},
    {"to", FieldType::text, {}, kShown, "The next state", "新状态", "新状态"},
    {"needs", FieldType::text, {}, kShown, "What the act requires", "所需内容", "所需"},
};

int run_transitions(Env& env, Call const& call) {
  std::optional<model::IncidentStatus> only;
  auto const style = env.style("act");
  if (!call.words.empty()) only = env.desk().incidents().show(call.words[0]).incident.status;
  auto writer = format::list_writer(env.out(), style, kSchema, "transition", kFields);
  for (auto const& move : lifecycle::incident_moves()) {
    if (only && move.from != *only) continue;
    writer->row({model::to_string(move.from), lifecycle::to_string(move.act), model::to_string(move.to),
                 base::text_or_null(std::string(lifecycle::need(move.act)))});
  }
  writer->end({});
  return 0;
}

constexpr Argument kArguments[] = {{"ID",
                                    {"only acts allowed for this incident now", "只列出该事件当前允许的动作"},
                                    false,
                                    false,
                                    incident::offer_numbers}};
constexpr Example kExamples[] = {
    {"umsops incident transitions INC-1", {"what can happen to an incident", "该事件可以怎样变化"}},
    {"umsops incident transitions -o json | jq -r '.items[] | select(.to == \"RECOVERED\") | .from'",
     {"from which states service can be found back", "哪些状态可以确认恢复"}},
};
constexpr int kExits[] = {3, 7, 8, 9, 12};

}  // namespace

constinit Command const kIncidentTransitions{
    .path = "incident transitions",
    .summary = {"list the allowed changes of state", "事件的状态转换"},
    .description =
        {"The transition table: for each state the allowed acts, the next state and what they require. 'recover' and "
         "'relapse' are evidence that service is back, or is not: see 'umsops incident verify'. 'force' resolves "
         "without it.",
         "状态转换表：每个状态下允许的动作、结果状态和所需内容。recover 与 relapse "
         "为服务已恢复或未恢复的证据，见 umsops incident verify；force 表示没有证据而强制解决。"},
    .arguments = kArguments,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_transitions,
};

}  // namespace umsops::cli
