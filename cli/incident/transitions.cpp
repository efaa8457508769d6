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
    {"at", FieldType::time, {}, kShown, "When it happens by itself", "自动发生的时间", "时间"},
};

/// What time does to the incident, unless somebody comes before it.
std::vector<base::Row> own_acts(desk::WholeIncident const& whole) {
  std::vector<base::Row> rows;
  std::string_view const status = model::to_string(whole.incident.status);
  if (auto const& next = whole.next_escalation) {
    std::string needs = next->step;
    for (auto const& name : next->notify) needs += (&name == &next->notify.front() ? ": " : ", ") + name;
    rows.push_back({status, "escalate", status, std::move(needs), next->at});
  }
  if (whole.incident.status == model::IncidentStatus::recovered && whole.incident.resolves_at)
    rows.push_back({status, "quiet", model::to_string(model::IncidentStatus::resolved), base::Value(),
                    *whole.incident.resolves_at});
  return rows;
}

int run_transitions(Env& env, Call const& call) {
  std::optional<model::IncidentStatus> only;
  auto const style = env.style("act");
  desk::WholeIncident whole;
  if (!call.words.empty()) {
    whole = env.desk().incidents().show(call.words[0]);
    only = whole.incident.status;
  }
  auto writer = format::list_writer(env.out(), style, kSchema, "transition", kFields);
  for (auto const& move : lifecycle::incident_moves()) {
    if (only && move.from != *only) continue;
    writer->row({model::to_string(move.from), lifecycle::to_string(move.act), model::to_string(move.to),
                 base::text_or_null(std::string(lifecycle::need(move.act))), base::Value()});
  }
  for (auto& row : own_acts(whole)) writer->row(row);
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
         "without it. Of one incident also what time does by itself, and when: 'escalate' tells people as long as "
         "nobody acknowledges, 'quiet' resolves it when no alarm comes.",
         "状态转换表：每个状态下允许的动作、结果状态和所需内容。recover 与 relapse "
         "为服务已恢复或未恢复的证据，见 umsops incident verify；force "
         "表示没有证据而强制解决。给出事件时另列出到时自动发生的动作："
         "escalate 为无人确认时通知，quiet 为无新告警时自动解决。"},
    .arguments = kArguments,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_transitions,
};

}  // namespace umsops::cli
