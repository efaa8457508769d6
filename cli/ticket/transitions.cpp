// SPDX-License-Identifier: Apache-2.0
#include "umsops/lifecycle/transitions.hpp"
#include "cli/commands.hpp"
#include "cli/ticket/ticket.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;

constexpr std::string_view kSchema = "umsops.ticket.transitions/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr Field kFields[] = {
    {"from", FieldType::text, {}, kShown, "The state before", "原状态", "原状态"},
    {"act", FieldType::text, {}, kShown, "What happens", "动作", "动作"},
    {"to",
     FieldType::text,
     {},
     kShown,
     "The next state; after PENDING, the one before it",
     "新状态；挂起结束后为挂起前的状态",
     "新状态"},
    {"needs", FieldType::text, {}, kShown, "What the act requires", "所需内容", "所需"},
};

int run_transitions(Env& env, Call const& call) {
  std::optional<model::TicketStatus> only;
  auto const style = env.style("act");
  if (!call.words.empty()) only = env.desk().tickets().show(call.words[0]).ticket.status;
  auto writer = format::list_writer(env.out(), style, kSchema, "transition", kFields);
  for (auto const& move : lifecycle::moves()) {
    if (only && move.from != *only) continue;
    auto const need = lifecycle::need(move.act);
    writer->row({model::to_string(move.from), lifecycle::to_string(move.act), model::to_string(move.to),
                 need == lifecycle::Need::nothing ? Value() : Value(lifecycle::to_string(need))});
  }
  writer->end({});
  return 0;
}

constexpr Argument kArguments[] = {
    {"ID", {"only acts allowed for this ticket now", "只列出该工单当前允许的动作"}, false, false, Offer::tickets}};
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
    .schema = kSchema,
    .run = run_transitions,
};

}  // namespace umsops::cli
