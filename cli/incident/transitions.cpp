// SPDX-License-Identifier: Apache-2.0
#include "cli/record/transitions.hpp"
#include "cli/commands.hpp"
#include "cli/incident/incident.hpp"
#include "umsops/lifecycle/incident_acts.hpp"

namespace umsops::cli {

namespace {

/// What time does to the incident, unless somebody comes before it.
void own_moves(desk::WholeIncident const& whole, std::function<void(record::Move const&)> const& visit) {
  std::string_view const status = model::to_string(whole.incident.status);
  if (auto const& next = whole.next_escalation) {
    std::string needs = next->step;
    for (auto const& name : next->notify) needs += (&name == &next->notify.front() ? ": " : ", ") + name;
    visit({status, "escalate", status, needs, next->at});
  }
  if (whole.incident.status == model::IncidentStatus::recovered && whole.incident.resolves_at)
    visit({status, "quiet", model::to_string(model::IncidentStatus::resolved), {}, whole.incident.resolves_at});
}

int run_transitions(Env& env, Call const& call) {
  std::optional<desk::WholeIncident> whole;
  return record::write_transitions(
      env, call,
      [&](std::string const& id) { return to_string(whole.emplace(env.desk().incidents().show(id)).incident.status); },
      [&](auto const& visit) {
        for (auto const& move : lifecycle::incident_moves()) {
          visit({model::to_string(move.from), lifecycle::to_string(move.act), model::to_string(move.to),
                 lifecycle::need(move.act)});
        }
        if (whole) own_moves(*whole, visit);
      },
      record::Timed::yes);
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
    .schema = "umsops.incident.transitions/v1",
    .run = run_transitions,
};

}  // namespace umsops::cli
