// SPDX-License-Identifier: Apache-2.0
#include "cli/record/list.hpp"
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/record/tags.hpp"
#include "cli/record/views.hpp"
#include "cli/ticket/flags.hpp"
#include "cli/ticket/ticket.hpp"

namespace umsops::cli {

namespace {

int run_list(Env& env, Call const& call) {
  record::Listed const tickets{[&](query::Query const& query, record::Visit const& visit) {
                                 return env.desk().tickets().list(
                                     query, [&](model::Ticket const& ticket) { return visit(to_row(ticket)); });
                               },
                               [&](query::Filter const& filter) { return env.desk().tickets().count(filter); }};
  return record::write_list(ticket::kKind, env, call, tickets);
}

constexpr Flag kFlags[] = {
    ticket::kStatusList,   ticket::kPriorityList,  ticket::kCategoryList, ticket::kServiceList, ticket::kTeamList,
    ticket::kAssigneeList, ticket::kRequesterList, ticket::kSourceList,   record::kTagList,     flags::kSince,
    flags::kUntil,         flags::kWhere,          flags::kSort,          flags::kLimit,        flags::kAll,
    flags::kAfter,         record::kExplain,       flags::kFailIfAny,     flags::kFailIfEmpty,  flags::kHeader,
    flags::kCsvSafe,       flags::kCsvBom,
};

constexpr Example kExamples[] = {
    {"umsops ticket list -w 'priority>=HIGH status=open (title~登录 or title~vpn)'", {"what is urgent", "紧急工单"}},
    {"umsops ticket list -w 'text~VPN证书 status=RESOLVED' -F ticket_number,title,resolution",
     {"words anywhere in the text, as 'kb search' finds them", "按正文查词，规则与 kb search 相同"}},
    {"umsops ticket list --status OPEN,ASSIGNED --since -7d -o json | jq -r '.items[].title'",
     {"for a program", "供程序使用"}},
    {"umsops ticket list -w 'status=open priority>=HIGH created<=-4h' --fail-if-any",
     {"for cron: exit 10 if something waits too long", "用于 cron：有工单等待过久时退出码为 10"}},
};

constexpr int kExits[] = {7, 8, 9, 10, 12};

}  // namespace

constinit Command const kTicketList{
    .path = "ticket list",
    .summary = {"list tickets", "列出工单"},
    .description =
        {"Lists tickets, newest first. Flags and filters must all match. Machine formats list every match unless "
         "--limit is given; the JSON then has \"truncated\" and the cursor for --after. The reasons for category and "
         "priority (classification) are listed only if -F names them; 'ticket show' always shows them.",
         "列出工单，最新的在前。所有选项和过滤条件须同时满足。除非给出 --limit，程序会得到全部结果；"
         "被截断时 JSON 中 \"truncated\" 为 true，并给出 --after 所用的游标。"
         "分类依据（classification）仅在 -F 指定时列出；ticket show 总会给出。"},
    .arguments = record::kViewWord,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = "umsops.ticket.list/v1",
    .run = run_list,
};

}  // namespace umsops::cli
