// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/ticket/ticket.hpp"

namespace umsops::cli {

namespace {

desk::TicketChange change_of(Env& env, Call const& call) {
  desk::TicketChange change;
  change.reason = call.text("reason").value_or("");
  change.if_rev = call.integer("if-rev");
  change.dry_run = env.dry_run();
  return change;
}

desk::Batch batch_of(Call const& call) { return call.on("each") ? desk::Batch::each : desk::Batch::atomic; }

/// The ids to change, after the question whether so many shall be. No ids on standard input: nothing to do.
std::vector<std::string> confirmed_ids(Env& env, Call const& call) {
  auto ids = ticket::ids_of(env, call);
  ticket::confirm(env, call, ids.size());
  return ids;
}

/// With --edit the editor begins with the text that is there.
std::string text_to_edit(Env& env, Call const& call, std::vector<std::string> const& ids) {
  if (!call.on("edit") || ids.size() != 1 || !env.may_ask()) return {};
  return env.desk().tickets().show(ids[0]).ticket.description;
}

int run_update(Env& env, Call const& call) {
  auto const ids = confirmed_ids(env, call);
  auto change = change_of(env, call);
  change.sets = ticket::sets_of(env, call, text_to_edit(env, call, ids));
  if (change.sets.empty()) call.missing("--title, --body, --priority, --category, --set, ...");
  (void)env.style(ticket::kNumber);
  return ticket::write_outcomes(env, call, env.desk().tickets().update(ids, change, batch_of(call)));
}

int run_assign(Env& env, Call const& call) {
  call.exclude("to", "release");
  if (!call.has("to") && !call.on("release")) call.missing("--to");
  if (call.has("to") && call.text("to")->empty()) call.missing("--to NAME");
  auto const ids = confirmed_ids(env, call);
  (void)env.style(ticket::kNumber);
  auto const outcomes = env.desk().tickets().assign(ids, call.text("to").value_or(""), change_of(env, call), batch_of(call));
  return ticket::write_outcomes(env, call, outcomes);
}

constexpr Argument kArguments[] = {{"ID", {"number, internal id, unique prefix, @last, or - for ids on standard input",
                                           "编号、内部编号、唯一前缀、@last，或 - 表示从标准输入读取"}, true, true, Offer::tickets}};

constexpr Flag kUpdateFlags[] = {
    flags::kTitle, flags::kBody, flags::kBodyFile, flags::kEdit, flags::kRequester, flags::kCategory, flags::kSubcategory,
    flags::kPriority, flags::kSource, flags::kAttribute, flags::kSet, flags::kReason, flags::kIfRev, flags::kEach,
    flags::kExitCode,
};

constexpr Flag kAssignFlags[] = {
    {.name = "to", .value = "NAME", .type = FlagType::text, .doc = {"who gets them", "分派给谁"}},
    {.name = "release", .doc = {"take them from whoever has them", "取消分派"}},
    flags::kReason, flags::kIfRev, flags::kEach, flags::kExitCode,
};

constexpr Example kUpdateExamples[] = {
    {"umsops ticket update T-1 --priority HIGH --reason 'called twice'", {"one field, with the reason", "修改一个字段并说明原因"}},
    {"umsops ticket list -q -w 'title~vpn' | umsops ticket update - --category vpn -n", {"what would change, from a pipe", "通过管道演练批量修改"}},
    {"umsops ticket update T-1 --attribute host=db01 --if-rev 1 -o json | jq .rev", {"only if nobody was faster", "仅当无人抢先修改时"}},
};

constexpr Example kAssignExamples[] = {
    {"umsops ticket assign T-1 --to li.na", {"OPEN becomes ASSIGNED", "OPEN 变为 ASSIGNED"}},
    {"umsops ticket list -q --assignee none | umsops ticket assign - --to wang.fang --reason 'on call'", {"all that nobody has", "分派所有无人处理的工单"}},
};

constexpr int kExits[] = {3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

}  // namespace

constinit Command const kTicketUpdate{
    .path = "ticket update",
    .summary = {"change fields of tickets", "修改工单字段"},
    .description = {"Changes fields of one or many tickets, all or nothing unless --each is given. The state is moved by verbs "
                    "of its own and cannot be set. More than 20 tickets need --yes or an answer on the terminal.",
                    "修改一张或多张工单的字段；默认全部成功或全部不做，除非给出 --each。状态由专门的命令改变，不能直接设置。"
                    "超过 20 张工单时需要 --yes 或在终端上确认。"},
    .arguments = kArguments,
    .flags = kUpdateFlags,
    .examples = kUpdateExamples,
    .exits = kExits,
    .schema = "umsops.ticket.result/v1",
    .changes = true,
    .run = run_update,
};

constinit Command const kTicketAssign{
    .path = "ticket assign",
    .summary = {"give tickets to somebody", "分派工单"},
    .description = {"Gives tickets to a person, or takes them back with --release. OPEN becomes ASSIGNED and back.",
                    "将工单分派给某人，或用 --release 取消分派。状态在 OPEN 与 ASSIGNED 之间变化。"},
    .arguments = kArguments,
    .flags = kAssignFlags,
    .examples = kAssignExamples,
    .exits = kExits,
    .schema = "umsops.ticket.result/v1",
    .changes = true,
    .run = run_assign,
};

}  // namespace umsops::cli
