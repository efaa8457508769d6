// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/record/ids.hpp"
#include "cli/ticket/ticket.hpp"

namespace umsops::cli {

namespace {

constexpr std::string_view kTeamPrefix = "team:";

/// Exactly one way for tickets to change hands.
desk::Hand hand_of(Call const& call) {
  constexpr std::pair<std::string_view, desk::Hand> kWays[] = {
      {"release", desk::Hand::release}, {"claim", desk::Hand::claim}, {"steal", desk::Hand::steal}};
  std::string_view said;
  auto const take = [&](std::string_view flag) {
    if (!said.empty()) call.exclude(said, flag);
    said = flag;
  };
  if (call.has("to")) take("to");
  bool const in_team = call.has("to") && call.text("to")->starts_with(kTeamPrefix);
  if (call.has("team")) take("team");
  if (call.on("auto") && !in_team && !call.has("team")) take("auto");
  desk::Hand hand = desk::Hand::give;
  for (auto const& [flag, way] : kWays) {
    if (!call.on(flag)) continue;
    take(flag);
    hand = way;
  }
  if (said.empty()) call.missing("--to, --auto, --claim");
  return hand;
}

/// --to, or whom --auto and --team have picked.
desk::Receiver receiver_of(Call const& call) {
  desk::Receiver receiver{call.text("to").value_or(""), {}};
  if (auto const team = call.text("team")) {
    receiver.target = std::string(kTeamPrefix) + *team;
  } else if (receiver.target.empty()) {
    if (call.on("auto")) receiver.target = "auto";
  } else {
    receiver.queue = receiver.target.starts_with(kTeamPrefix) && !call.on("auto") && !call.has("strategy");
  }
  if (auto const strategy = call.text("strategy")) {
    if (receiver.target != "auto" && !receiver.target.starts_with(kTeamPrefix)) call.missing("--auto");
    receiver.strategy = people::parse_strategy(*strategy);
  }
  return receiver;
}

int run_assign(Env& env, Call const& call) {
  auto const hand = hand_of(call);
  if (call.has("to") && call.text("to")->empty()) call.missing("--to NAME");
  auto const ids = record::confirmed_ids(ticket::kKind, env, call);
  (void)env.style(ticket::kKind.number);
  return ticket::change_all(env, call, ids, [&](std::vector<std::string> const& some) {
    return env.desk().tickets().assign(some, hand, receiver_of(call), record::change_of(env, call),
                                       record::batch_of(call));
  });
}

constexpr Flag kAssignFlags[] = {
    {.name = "to",
     .value = "NAME",
     .type = FlagType::text,
     .doc = {"who gets them: a name, me, oncall:SCHEDULE (who is on call), or team:NAME, the team as such",
             "分派给谁：姓名、me、oncall:值班表（当前值班人），或 team:团队（进入该团队的队列）"}},
    {.name = "auto",
     .doc =
         {"the best of the ticket's team (or of that of --to), of the one that serves its category, else of everybody",
          "工单所属团队（或 --to 指定的团队）中最合适者；无团队时取负责该类别的团队，再无则为全体中最合适者"}},
    {.name = "team",
     .value = "NAME",
     .type = FlagType::text,
     .doc = {"--auto among this team", "在此团队中执行 --auto"}},
    {.name = "strategy",
     .value = "STRATEGY",
     .type = FlagType::choice,
     .doc = {"overrides the strategy of the team", "选人策略，代替团队自己的策略"},
     .choices = people::strategy_names},
    {.name = "explain", .doc = {"print the candidates with the terms of their scores", "列出候选人及其得分构成"}},
    {.name = "claim", .doc = {"take them; exit 4 if somebody else has them", "认领；已有他人处理时退出码为 4"}},
    {.name = "steal", .doc = {"take them from anybody", "接手，无论由谁处理"}},
    {.name = "release", .doc = {"remove the assignee", "取消分派"}},
    flags::kReason,
    flags::kIfRev,
    flags::kEach,
    flags::kExitCode,
};

constexpr Example kAssignExamples[] = {
    {"umsops ticket assign T-1 --to li.na", {"OPEN becomes ASSIGNED", "OPEN 变为 ASSIGNED"}},
    {"umsops ticket assign T-1 --claim -o json | jq -r .assignee_id",
     {"take it unless somebody was faster", "认领，除非他人更快"}},
    {"umsops ticket assign T-2 --auto --explain -n -c roster=roster.yaml",
     {"who would get it, and why", "试运行：会分派给谁，为什么"}},
    {"umsops ticket assign T-1 --to team:accounts -c roster=roster.yaml",
     {"into the queue of a team; --auto: to the best of it, too", "转入团队的队列；加 --auto 则同时选出其中最合适者"}},
    {"umsops ticket assign T-1 --to oncall:primary -c roster=roster.yaml", {"whoever is on call", "分派给当前值班人"}},
    {"umsops ticket list -q --assignee none | umsops ticket assign - --to wang.fang --reason 'on call'",
     {"all that nobody has", "分派所有无人处理的工单"}},
};

}  // namespace

constinit Command const kTicketAssign{
    .path = "ticket assign",
    .summary = {"give tickets to somebody", "分派工单"},
    .description =
        {"Assigns tickets to a person (--to) or to yourself (--claim, --steal), or removes the assignee (--release). "
         "OPEN becomes ASSIGNED and back; IN_PROGRESS becomes ASSIGNED with another person.\n\n--auto picks by skill, "
         "load and who is on shift: see 'umsops help people'. --to team:NAME alone puts them into that team's queue: "
         "the "
         "assignee stays only if of that team. A ticket stays with its assignee if that person could be "
         "picked. With a roster configured, unknown names are refused.",
         "将工单分派给某人（--to）、由自己认领（--claim、--steal），或取消分派（--release）。状态在 OPEN 与 ASSIGNED "
         "之间变化；处理中的工单换人后变为 ASSIGNED。\n\n"
         "--auto 按技能、负载和是否值班选人，见 umsops help "
         "people。仅用 --to team:团队 "
         "时工单转入该团队的队列，原处理人不属于该团队则取消分派。已由团队中可选之人处理的工单不变。配置了名册时，不接"
         "受名册之外的名字。"},
    .arguments = ticket::kMany,
    .flags = kAssignFlags,
    .examples = kAssignExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.ticket.result/v1",
    .changes = true,
    .run = run_assign,
};

}  // namespace umsops::cli
