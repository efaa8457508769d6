// SPDX-License-Identifier: Apache-2.0
#include "cli/record/transitions.hpp"
#include "cli/commands.hpp"
#include "cli/incident/incident.hpp"
#include "umsops/lifecycle/incident_acts.hpp"

namespace umsops::cli {

namespace {

int run_transitions(Env& env, Call const& call) {
  return record::write_transitions(
      env, call, [&](std::string const& id) { return to_string(env.desk().incidents().show(id).incident.status); },
      [](auto const& visit) {
        for (auto const& move : lifecycle::incident_moves()) {
          visit({model::to_string(move.from), lifecycle::to_string(move.act), model::to_string(move.to),
                 lifecycle::need(move.act)});
        }
      });
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
    .schema = "umsops.incident.transitions/v1",
    .run = run_transitions,
};

}  // namespace umsops::cli
