// SPDX-License-Identifier: Apache-2.0
// `ticket callback`: whom to call back, and when.
#include <algorithm>

#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/ticket/ticket.hpp"
#include "umsops/base/text.hpp"
#include "umsops/base/time_text.hpp"

namespace umsops::cli {

namespace {

using base::Value;

constexpr std::string_view kList = "umsops.ticket.callback.list/v1";
constexpr std::string_view kResult = "umsops.ticket.callback.result/v1";
constexpr std::string_view kStates[] = {"open", "done", "all"};
std::span<std::string_view const> state_names() { return kStates; }

std::string word_for(Env const& env, desk::Result result) {
  if (result == desk::Result::created) return env.phrase(Phrase::created);
  return env.phrase(result == desk::Result::updated ? Phrase::updated : Phrase::unchanged);
}

void write_result(Env& env, desk::CallbackResult const& result) {
  auto const& callback = result.callback;
  if (env.human()) {
    std::string const line =
        env.phrase(Phrase::callback_line, {{"id", callback.ticket_number},
                                           {"result", word_for(env, result.result)},
                                           {"contact", callback.contact.empty() ? "?" : callback.contact},
                                           {"time", env.zone().format(callback.due_at)}});
    env.out().write(base::terminal_text(line, base::TextShape::line) + "\n");
    if (result.dry_run && !env.quiet()) env.tell(env.phrase(Phrase::dry_run));
    return;
  }
  format::write_record(env.out(), env.style("id"), kResult, "callback", model::callback_type().fields, to_row(callback),
                       {{"result", desk::to_string(result.result)}, {"dry_run", result.dry_run}});
}

int run_list(Env& env, Call const& call) {
  auto const state = model::parse_callback_state(call.text("state").value_or("open"));  // none: all
  auto const due_by = call.on("due") ? std::optional(env.clock().now()) : std::nullopt;
  auto writer = format::list_writer(env.out(), env.style("id"), kList, "callback", model::callback_type().fields);
  auto const end = env.desk().callbacks().list(state, due_by, [&](model::Callback const& callback) {
    writer->row(to_row(callback));
    return true;
  });
  writer->end({});
  env.out().flush();
  if (call.on("fail-if-any") && end.count > 0) {
    throw base::Error(base::errors::condition_true,
                      {{"what", env.phrase(Phrase::any_found, {{"count", std::to_string(end.count)}})}});
  }
  return 0;
}

int run_add(Env& env, Call const& call) {
  if (call.text("contact").value_or("").empty()) call.missing("--contact TEXT");
  desk::NewCallback wanted;
  wanted.contact = call.text("contact").value_or("");
  wanted.note = call.text("note").value_or("");
  wanted.due_at = base::parse_time(*call.text("at"), env.clock().now(), env.zone());
  (void)env.style("id");
  write_result(env, env.desk().callbacks().add(call.words[0], wanted, env.dry_run()));
  return 0;
}

int run_done(Env& env, Call const& call) {
  if (call.text("outcome").value_or("").empty()) call.missing("--outcome TEXT");
  (void)env.style("id");
  write_result(env, env.desk().callbacks().done(call.words[0], *call.text("outcome"), env.dry_run()));
  return 0;
}

constexpr Argument kTicket[] = {{"TICKET",
                                 {"number, internal id, unique prefix or @last", "编号、内部编号、唯一前缀或 @last"},
                                 true,
                                 false,
                                 Offer::tickets}};
constexpr Argument kCallback[] = {
    {"ID",
     {"the call-back, or the ticket that has one open", "回电编号，或仅有一个待回电的工单编号"},
     true,
     false,
     Offer::tickets}};

constexpr Flag kListFlags[] = {
    {.name = "due", .doc = {"only those whose time has come", "只含已到时间的"}},
    {.name = "state",
     .value = "STATE",
     .type = FlagType::choice,
     .doc = {"which ones", "哪些回电"},
     .fallback = "open",
     .choices = state_names},
    flags::kFailIfAny,
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};
constexpr Flag kAddFlags[] = {
    {.name = "at",
     .value = "TIME",
     .type = FlagType::time,
     .doc = {"when to call, e.g. '+2h', 'tomorrow', '2026-11-24 09:30', 明天",
             "回电时间，例如 +2h、明天、2026-11-24 09:30"},
     .required = true},
    {.name = "contact",
     .value = "TEXT",
     .type = FlagType::text,
     .doc = {"number or name to call", "回电号码或联系人"},
     .required = true},
    {.name = "note", .value = "TEXT", .type = FlagType::text, .doc = {"what to know before calling", "回电前须知"}},
};
constexpr Flag kDoneFlags[] = {
    {.name = "outcome",
     .value = "TEXT",
     .type = FlagType::text,
     .doc = {"how the call went", "通话结果"},
     .required = true},
};

constexpr Example kListExamples[] = {
    {"umsops ticket callback list", {"open call-backs, most urgent first", "所有待回电的请求人，按时间排列"}},
    {"umsops ticket callback list --due --fail-if-any -o json | jq -c '.items[] | [.due_at, .contact, .ticket_number]'",
     {"for cron: exit 10 if a call-back is due", "用于 cron：有到时回电时退出码为 10"}},
};
constexpr Example kAddExamples[] = {
    {"umsops ticket callback add T-1 --at +2h --contact 13800000000 --note 'ask for the serial number'",
     {"in two hours", "两小时后"}},
    {"umsops ticket callback add T-1 --at tomorrow --contact zhang.wei -o json | jq -r .id",
     {"for a program", "供程序使用"}},
};
constexpr Example kDoneExamples[] = {
    {"umsops ticket callback add T-2 --at now --contact 4711 && umsops ticket callback done T-2 --outcome 'works "
     "again'",
     {"by the ticket, if it has one open", "工单仅有一个待回电时，可用工单编号"}},
    {"id=$(umsops ticket callback add T-1 --at now --contact 4711 -q) && umsops ticket callback done \"$id\" --outcome "
     "'nobody there'",
     {"by the id of the call-back", "使用回电编号"}},
};

constexpr int kListExits[] = {7, 8, 9, 10, 12};
constexpr int kChangeExits[] = {3, 4, 5, 7, 8, 9, 11, 12};

}  // namespace

constinit Command const kTicketCallbackList{
    .path = "ticket callback list",
    .summary = {"list call-backs", "列出待回电"},
    .description = {"Lists call-backs by time: the open ones unless --state is given; --due limits them to those whose "
                    "time has come.",
                    "按时间列出回电；默认为未完成的，--state 指定其他状态，--due 只列出已到时间的。"},
    .flags = kListFlags,
    .examples = kListExamples,
    .exits = kListExits,
    .schema = kList,
    .run = run_list,
};

constinit Command const kTicketCallbackAdd{
    .path = "ticket callback add",
    .summary = {"add a call-back", "登记回电"},
    .description = {"Records on a ticket whom to call, and when. Part of the ticket's history.",
                    "在工单上登记回电对象和时间，并写入工单历史。"},
    .arguments = kTicket,
    .flags = kAddFlags,
    .examples = kAddExamples,
    .exits = kChangeExits,
    .schema = kResult,
    .changes = true,
    .run = run_add,
};

constinit Command const kTicketCallbackDone{
    .path = "ticket callback done",
    .summary = {"close a call-back with its outcome", "登记回电结果"},
    .description = {"Closes a call-back; the outcome becomes part of the ticket's history. A call-back already done "
                    "stays unchanged, exit 0.",
                    "以通话结果结束回电，并写入工单历史。已完成的保持不变：unchanged，退出码 0。"},
    .arguments = kCallback,
    .flags = kDoneFlags,
    .examples = kDoneExamples,
    .exits = kChangeExits,
    .schema = kResult,
    .changes = true,
    .run = run_done,
};

}  // namespace umsops::cli
