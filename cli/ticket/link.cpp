// SPDX-License-Identifier: Apache-2.0
// How tickets belong together.
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/incident/incident.hpp"
#include "cli/record/ids.hpp"
#include "cli/ticket/ticket.hpp"
#include "umsops/base/error.hpp"

namespace umsops::cli {

namespace {

desk::LinkTo link_of(Call const& call) {
  desk::LinkTo link;
  link.remove = call.on("remove");
  int given = 0;
  for (auto const name : model::link_names()) {
    auto const other = call.text(name);
    if (!other) continue;
    if (++given > 1) call.exclude(model::to_string(link.kind), name);
    link.kind = *model::parse_link(name);
    link.other = *other;
  }
  if (given == 0) call.missing("--child-of, --duplicate-of, --blocked-by, --relates-to, --caused-by");
  return link;
}

int run_link(Env& env, Call const& call) {
  auto const link = link_of(call);
  auto const ids = record::confirmed_ids(ticket::kKind, env, call);
  (void)env.style(ticket::kKind.number);
  return ticket::change_all(env, call, ids, [&](std::vector<std::string> const& some) {
    return env.desk().tickets().link(some, link, record::change_of(env, call), record::batch_of(call));
  });
}

int run_merge(Env& env, Call const& call) {
  auto const ids = record::confirmed_ids(ticket::kKind, env, call);
  (void)env.style(ticket::kKind.number);
  return ticket::change_all(env, call, ids, [&](std::vector<std::string> const& some) {
    return env.desk().tickets().merge(some, call.text("into").value_or(""), record::change_of(env, call),
                                      record::batch_of(call));
  });
}

constexpr Flag kLinkFlags[] = {
    {.name = "child-of",
     .value = "ID",
     .type = FlagType::text,
     .doc = {"the parent", "父工单"},
     .offer = ticket::offer_numbers},
    {.name = "duplicate-of",
     .value = "ID",
     .type = FlagType::text,
     .doc = {"the ticket that it duplicates", "重复的工单"},
     .offer = ticket::offer_numbers},
    {.name = "blocked-by",
     .value = "ID",
     .type = FlagType::text,
     .doc = {"what must be done first", "须先完成的工单"},
     .offer = ticket::offer_numbers},
    {.name = "relates-to",
     .value = "ID",
     .type = FlagType::text,
     .doc = {"a related ticket or incident", "相关的工单或事件"},
     .offer = ticket::offer_numbers},
    {.name = "caused-by",
     .value = "NUMBER",
     .type = FlagType::text,
     .doc = {"the incident behind it", "引发它的事件编号"},
     .offer = incident::offer_numbers},
    {.name = "remove", .doc = {"take that link away", "删除该关联"}},
    flags::kReason,
    flags::kIfRev,
    flags::kEach,
    flags::kExitCode,
};
constexpr Flag kMergeFlags[] = {
    {.name = "into",
     .value = "ID",
     .type = FlagType::text,
     .doc = {"the ticket that stays", "保留的工单"},
     .required = true,
     .offer = ticket::offer_numbers},
    flags::kReason,
    flags::kIfRev,
    flags::kEach,
    flags::kExitCode,
};

constexpr Example kLinkExamples[] = {
    {"umsops ticket link T-1 --blocked-by T-2", {"T-1 is not resolved before T-2", "T-2 完成之前不能解决 T-1"}},
    {"umsops ticket link T-1 --child-of T-2 --reason 'same outage' -o json | jq -r .result",
     {"a part of something larger", "作为子工单"}},
};
constexpr Example kMergeExamples[] = {
    {"umsops ticket merge T-2 --into T-1 -n", {"what would happen", "试运行合并"}},
    {"umsops ticket merge T-2 --into T-1 --reason 'filed twice'",
     {"T-2 becomes a closed duplicate", "T-2 成为已关闭的重复工单"}},
};

}  // namespace

constinit Command const kTicketLink{
    .path = "ticket link",
    .summary = {"link tickets", "关联工单"},
    .description = {"Links tickets to another one, or to an incident; 'ticket show' shows both ends. A parent waits "
                    "for its children, a blocked ticket for its blockers. Links that would form a cycle are refused.",
                    "将工单与另一张工单或事件关联；ticket show "
                    "显示两端。父工单等待子工单，被阻塞的工单等待阻塞者。会形成循环的关联将被拒绝。"},
    .arguments = ticket::kMany,
    .flags = kLinkFlags,
    .examples = kLinkExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.ticket.result/v1",
    .changes = true,
    .run = run_link,
};

constinit Command const kTicketMerge{
    .path = "ticket merge",
    .summary = {"merge tickets into one", "合并工单"},
    .description = {"Copies the responses of the tickets to the one that stays, with their people and times. The "
                    "others become its duplicates, resolved and closed.",
                    "工单中的内容按原发言人和时间转入保留的工单；其余工单成为其重复工单，并被解决和关闭。"},
    .arguments = ticket::kMany,
    .flags = kMergeFlags,
    .examples = kMergeExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.ticket.result/v1",
    .changes = true,
    .run = run_merge,
};

}  // namespace umsops::cli
