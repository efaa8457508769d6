// SPDX-License-Identifier: Apache-2.0
#include "umsops/lifecycle/transitions.hpp"
#include "cli/commands.hpp"
#include "cli/record/transitions.hpp"
#include "cli/ticket/ticket.hpp"

namespace umsops::cli {

namespace {

int run_transitions(Env& env, Call const& call) {
  return record::write_transitions(
      env, call, [&](std::string const& id) { return to_string(env.desk().tickets().show(id).ticket.status); },
      [](auto const& visit) {
        for (auto const& move : lifecycle::moves()) {
          auto const need = lifecycle::need(move.act);
          visit({model::to_string(move.from), lifecycle::to_string(move.act), model::to_string(move.to),
                 need == lifecycle::Need::nothing ? "" : lifecycle::to_string(need)});
        }
      });
}

constexpr Argument kArguments[] = {{"ID",
                                    {"only acts allowed for this ticket now", "只列出该工单当前允许的动作"},
                                    false,
                                    false,
                                    ticket::offer_numbers}};
constexpr Example kExamples[] = {
    {"umsops ticket transitions T-1", {"what can happen to a ticket", "该工单可以怎样变化"}},
    {"umsops ticket transitions -o json | jq -r '.items[] | select(.act == \"resolve\") | .from'",
     {"from which states a ticket is resolved", "哪些状态可以解决"}},
};
constexpr int kExits[] = {3, 7, 8, 9, 12};

}  // namespace

constinit Command const kTicketTransitions{
    .path = "ticket transitions",
    .summary = {"list the allowed changes of state", "工单的状态转换"},
    .description =
        {"The transition table: for each state the allowed acts, the next state and what they require. 'answer' is a "
         "reply of the requester; 'wake' is also done by tick.",
         "状态转换表：每个状态下允许的动作、结果状态和所需内容。answer 为请求人的答复，wake 也可由时间触发。"},
    .arguments = kArguments,
    .examples = kExamples,
    .exits = kExits,
    .schema = "umsops.ticket.transitions/v1",
    .run = run_transitions,
};

}  // namespace umsops::cli
