// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/ticket/ticket.hpp"

namespace umsops::cli {

namespace {

constexpr std::int64_t kScreenful = 50;
constexpr std::string_view kSchema = "umsops.ticket.list/v1";

/// On a terminal a long table is cut, and says so; a program gets everything.
bool is_cut_by_default(Env& env, Call const& call) {
  return env.terminal().output && env.human() && !call.on("all") && !call.has("limit");
}

void tell_cut(Env& env, query::Query const& query, desk::ListEnd const& end, bool by_default) {
  if (!end.truncated || !env.human()) return;
  if (!by_default) return env.tell(env.phrase(Phrase::more_exist, {{"cursor", end.next}}));
  auto const total = env.desk().tickets().count(query.filter);
  env.tell(env.phrase(Phrase::cut_list, {{"shown", std::to_string(end.count)}, {"total", std::to_string(total)}}));
}

int run_list(Env& env, Call const& call) {
  call.exclude("fail-if-any", "fail-if-empty");
  call.exclude("all", "limit");
  auto query = ticket::listing(env, call);
  bool const by_default = is_cut_by_default(env, call);
  if (by_default) query.limit = kScreenful;
  auto const style = env.style(ticket::kNumber);
  query.details = !style.fields.empty();
  auto writer = format::list_writer(env.out(), style, kSchema, "ticket", model::ticket_type().fields);
  auto const end = env.desk().tickets().list(query, [&](model::Ticket const& ticket) {
    writer->row(to_row(ticket));
    return true;
  });
  writer->end({end.truncated, end.next, {}});
  env.out().flush();
  tell_cut(env, query, end, by_default);
  if (call.on("fail-if-any") && end.count > 0) {
    throw base::Error(base::errors::condition_true,
                      {{"what", env.phrase(Phrase::any_found, {{"count", std::to_string(end.count)}})}});
  }
  if (call.on("fail-if-empty") && end.count == 0) {
    throw base::Error(base::errors::condition_true, {{"what", env.phrase(Phrase::none_found)}});
  }
  return 0;
}

constexpr Flag kFlags[] = {
    flags::kStatusList, flags::kPriorityList, flags::kCategoryList, flags::kAssigneeList, flags::kRequesterList,
    flags::kSourceList, flags::kSince,        flags::kUntil,        flags::kWhere,        flags::kSort,
    flags::kLimit,      flags::kAll,          flags::kAfter,        flags::kFailIfAny,    flags::kFailIfEmpty,
    flags::kHeader,     flags::kCsvSafe,      flags::kCsvBom,
};

constexpr Example kExamples[] = {
    {"umsops ticket list -w 'priority>=HIGH status=open (title~登录 or title~vpn)'", {"what is urgent", "紧急工单"}},
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
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .run = run_list,
};

}  // namespace umsops::cli
