// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/record/ids.hpp"
#include "cli/ticket/flags.hpp"
#include "cli/ticket/ticket.hpp"

namespace umsops::cli {

namespace {

/// With --edit the editor begins with the text that is there.
std::string text_to_edit(Env& env, Call const& call, std::vector<std::string> const& ids) {
  if (!call.on("edit") || ids.size() != 1 || !env.may_ask()) return {};
  return env.desk().tickets().show(ids[0]).ticket.description;
}

int run_update(Env& env, Call const& call) {
  auto const ids = record::confirmed_ids(ticket::kKind, env, call);
  auto const sets = record::sets_of(ticket::kKind, env, call, text_to_edit(env, call, ids));
  if (sets.empty()) call.missing("--title, --body, --priority, --category, --set, ...");
  (void)env.style(ticket::kKind.number);
  return ticket::change_all(env, call, ids, [&](std::vector<std::string> const& some) {
    return env.desk().tickets().update(some, sets, record::change_of(env, call), record::batch_of(call));
  });
}

constexpr Flag kUpdateFlags[] = {
    record::kTitle,     flags::kBody,      flags::kBodyFile,     flags::kStrictText, flags::kEdit,
    ticket::kRequester, ticket::kCategory, ticket::kSubcategory, ticket::kService,   ticket::kTeam,
    ticket::kPriority,  ticket::kSource,   record::kTags,        record::kAddTag,    record::kRemoveTag,
    flags::kAttribute,  flags::kSet,       flags::kReason,       flags::kIfRev,      flags::kEach,
    flags::kExitCode,
};

constexpr Example kUpdateExamples[] = {
    {"umsops ticket update T-1 --priority HIGH --reason 'called twice'",
     {"one field, with the reason", "修改一个字段并说明原因"}},
    {"umsops ticket list -q -w 'title~vpn' | umsops ticket update - --category vpn -n",
     {"what would change, from a pipe", "通过管道试运行批量修改"}},
    {"umsops ticket list -q -w 'title~vpn' | umsops ticket update - --add-tag vpn",
     {"one more word to find them by", "为多张工单添加标签"}},
    {"umsops ticket update T-1 --attribute host=db01 --if-rev 1 -o json | jq .rev",
     {"only if nobody else changed it", "仅当无人抢先修改时"}},
};

}  // namespace

constinit Command const kTicketUpdate{
    .path = "ticket update",
    .summary = {"change fields of tickets", "修改工单字段"},
    .description =
        {"Changes fields of one or many tickets, all or nothing unless --each is given. The state cannot be set: it "
         "has its own verbs. More than 20 tickets need --yes or a confirmation on the terminal.",
         "修改一张或多张工单的字段；默认全部成功或全部不做，除非给出 --each。状态由专门的命令改变，不能直接设置。超过 "
         "20 张工单时需要 --yes 或在终端上确认。"},
    .arguments = ticket::kMany,
    .flags = kUpdateFlags,
    .examples = kUpdateExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.ticket.result/v1",
    .changes = true,
    .run = run_update,
};

}  // namespace umsops::cli
