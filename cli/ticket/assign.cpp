// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/ticket/ticket.hpp"

namespace umsops::cli {

namespace {

/// Exactly one way for tickets to change hands.
desk::Hand hand_of(Call const& call) {
  constexpr std::pair<std::string_view, desk::Hand> kWays[] = {
      {"release", desk::Hand::release}, {"claim", desk::Hand::claim}, {"steal", desk::Hand::steal}};
  std::optional<std::string_view> said;
  desk::Hand hand = desk::Hand::give;
  if (call.has("to")) said = "to";
  for (auto const& [flag, way] : kWays) {
    if (!call.on(flag)) continue;
    if (said) call.exclude(*said, flag);
    said = flag;
    hand = way;
  }
  if (!said) call.missing("--to, --claim");
  return hand;
}

int run_assign(Env& env, Call const& call) {
  auto const hand = hand_of(call);
  if (call.has("to") && call.text("to")->empty()) call.missing("--to NAME");
  auto const ids = ticket::confirmed_ids(env, call);
  (void)env.style(ticket::kNumber);
  auto const outcomes = env.desk().tickets().assign(ids, hand, call.text("to").value_or(""), ticket::change_of(env, call), ticket::batch_of(call));
  return ticket::write_outcomes(env, call, outcomes);
}

constexpr Flag kAssignFlags[] = {
    {.name = "to", .value = "NAME", .type = FlagType::text, .doc = {"who gets them", "分派给谁"}},
    {.name = "claim", .doc = {"take them, unless somebody else has them: then exit 4", "认领；已有他人处理时退出码为 4"}},
    {.name = "steal", .doc = {"take them, whoever has them", "接手，无论由谁处理"}},
    {.name = "release", .doc = {"take them from whoever has them", "取消分派"}},
    flags::kReason, flags::kIfRev, flags::kEach, flags::kExitCode,
};

constexpr Example kAssignExamples[] = {
    {"umsops ticket assign T-1 --to li.na", {"OPEN becomes ASSIGNED", "OPEN 变为 ASSIGNED"}},
    {"umsops ticket assign T-1 --claim -o json | jq -r .assignee_id", {"mine, unless somebody was quicker", "认领，除非他人更快"}},
    {"umsops ticket list -q --assignee none | umsops ticket assign - --to wang.fang --reason 'on call'", {"all that nobody has", "分派所有无人处理的工单"}},
};

constexpr int kExits[] = {3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

}  // namespace

constinit Command const kTicketAssign{
    .path = "ticket assign",
    .summary = {"give tickets to somebody", "分派工单"},
    .description = {"Gives tickets to a person (--to), takes them for yourself (--claim, --steal), or from whoever has them "
                    "(--release). OPEN becomes ASSIGNED and back; IN_PROGRESS becomes ASSIGNED with another person.",
                    "将工单分派给某人（--to）、由自己认领（--claim、--steal），或取消分派（--release）。状态在 OPEN 与 ASSIGNED 之间变化；"
                    "处理中的工单换人后变为 ASSIGNED。"},
    .arguments = ticket::kChanged,
    .flags = kAssignFlags,
    .examples = kAssignExamples,
    .exits = kExits,
    .schema = "umsops.ticket.result/v1",
    .changes = true,
    .run = run_assign,
};

}  // namespace umsops::cli
