// SPDX-License-Identifier: Apache-2.0
// Who hears of a ticket beside its requester.
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/record/ids.hpp"
#include "cli/ticket/ticket.hpp"

namespace umsops::cli {

namespace {

int run(Env& env, Call const& call, bool on) {
  auto people = call.all("person");
  if (people.empty()) people.push_back(env.actor().name);
  auto const ids = record::confirmed_ids(ticket::kKind, env, call);
  (void)env.style(ticket::kKind.number);
  return ticket::change_all(env, call, ids, [&](std::vector<std::string> const& some) {
    return env.desk().tickets().watch(some, people, on, record::change_of(env, call), record::batch_of(call));
  });
}

int run_watch(Env& env, Call const& call) { return run(env, call, true); }
int run_unwatch(Env& env, Call const& call) { return run(env, call, false); }

constexpr Flag kFlags[] = {
    {.name = "person",
     .value = "NAME",
     .type = FlagType::text,
     .doc = {"an account or an address; may be repeated", "账号或邮箱，可重复"},
     .fallback = "you",
     .repeatable = true},
    flags::kReason,
    flags::kIfRev,
    flags::kEach,
    flags::kExitCode,
};
constexpr Example kWatchExamples[] = {
    {"umsops ticket watch T-1", {"you hear what the requester is told", "您将收到请求人所收的通知"}},
    {"umsops ticket watch T-1 --person wang.fang --person boss@example.com -o json | jq -r .result",
     {"others do", "为他人添加关注"}},
};
constexpr Example kUnwatchExamples[] = {
    {"umsops ticket unwatch T-1", {"no more of it", "不再接收通知"}},
    {"umsops ticket list -q | umsops ticket unwatch - --person boss@example.com -y -o json | jq .count",
     {"nothing of any ticket", "取消某人对全部工单的关注"}},
};

}  // namespace

constinit Command const kTicketWatch{
    .path = "ticket watch",
    .summary = {"let somebody hear of tickets", "关注工单"},
    .description =
        {"Whoever watches a ticket is told what its requester is told: replies of staff, that it is resolved, that it "
         "is closed; never internal notes. People whom a mail names beside the desk (To, Cc) watch the ticket that it "
         "files or answers, where its sender has a part in it and the desk knows its own addresses (mail_addresses). A "
         "merge takes watchers along; 'ticket show' lists them.",
         "关注者会收到请求人所收到的通知：处理人员的回复、已解决、已关闭；不含内部备注。邮件的收件人和抄送人（To、Cc）"
         "会自动关注其所建或所回复的工单，前提是发件人与该工单有关，且已设置本系统的邮箱地址（mail_"
         "addresses）。合并工单时关注者一并转移；ticket show "
         "会列出关注者。"},
    .arguments = ticket::kMany,
    .flags = kFlags,
    .examples = kWatchExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.ticket.result/v1",
    .changes = true,
    .run = run_watch,
};

constinit Command const kTicketUnwatch{
    .path = "ticket unwatch",
    .summary = {"let somebody hear no more of tickets", "取消关注工单"},
    .description = {"Takes people off the watchers of tickets, by any name that the directory knows them by.",
                    "取消对工单的关注；可使用目录中该人员的任一名称。"},
    .arguments = ticket::kMany,
    .flags = kFlags,
    .examples = kUnwatchExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.ticket.result/v1",
    .changes = true,
    .run = run_unwatch,
};

}  // namespace umsops::cli
