// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/ticket/ticket.hpp"

namespace umsops::cli {

namespace {

int run_assign(Env& env, Call const& call) {
  call.exclude("to", "release");
  if (!call.has("to") && !call.on("release")) call.missing("--to");
  if (call.has("to") && call.text("to")->empty()) call.missing("--to NAME");
  auto const ids = ticket::confirmed_ids(env, call);
  (void)env.style(ticket::kNumber);
  auto const outcomes = env.desk().tickets().assign(ids, call.text("to").value_or(""), ticket::change_of(env, call), ticket::batch_of(call));
  return ticket::write_outcomes(env, call, outcomes);
}

constexpr Flag kAssignFlags[] = {
    {.name = "to", .value = "NAME", .type = FlagType::text, .doc = {"who gets them", "分派给谁"}},
    {.name = "release", .doc = {"take them from whoever has them", "取消分派"}},
    flags::kReason, flags::kIfRev, flags::kEach, flags::kExitCode,
};

constexpr Example kAssignExamples[] = {
    {"umsops ticket assign T-1 --to li.na", {"OPEN becomes ASSIGNED", "OPEN 变为 ASSIGNED"}},
    {"umsops ticket list -q --assignee none | umsops ticket assign - --to wang.fang --reason 'on call'", {"all that nobody has", "分派所有无人处理的工单"}},
};

constexpr int kExits[] = {3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

}  // namespace

constinit Command const kTicketAssign{
    .path = "ticket assign",
    .summary = {"give tickets to somebody", "分派工单"},
    .description = {"Gives tickets to a person, or takes them back with --release. OPEN becomes ASSIGNED and back.",
                    "将工单分派给某人，或用 --release 取消分派。状态在 OPEN 与 ASSIGNED 之间变化。"},
    .arguments = ticket::kChanged,
    .flags = kAssignFlags,
    .examples = kAssignExamples,
    .exits = kExits,
    .schema = "umsops.ticket.result/v1",
    .changes = true,
    .run = run_assign,
};

}  // namespace umsops::cli
