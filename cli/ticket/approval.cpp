// SPDX-License-Identifier: Apache-2.0
// `ticket approval`: who has to say yes first.
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/input.hpp"
#include "cli/outcome.hpp"
#include "cli/record/ids.hpp"
#include "cli/record/list.hpp"
#include "cli/ticket/ticket.hpp"
#include "umsops/format/output.hpp"

namespace umsops::cli {

namespace {

using base::Field;
using base::FieldType;
using base::Value;

constexpr std::string_view kList = "umsops.ticket.approval.list/v1";
constexpr unsigned kShown = base::kInTable | base::kInWide;

constexpr record::FieldFlag kFilters[] = {{"approver", "approver"}, {"state", "approval"}};
constexpr record::Kind kKind{.type = model::ticket_type, .number = "ticket_number", .filters = kFilters};

constexpr Field kColumns[] = {
    {"ticket_number", FieldType::text, {}, kShown, "Number of the ticket", "工单编号", "编号"},
    {"approval", FieldType::text, {}, kShown, "Where the question stands", "审批状态", "审批"},
    {"approver", FieldType::text, {}, kShown, "Who is asked, or has answered", "审批人", "审批人"},
    {"approval_deputy", FieldType::text, {}, kShown, "Who else may answer", "可代为审批的人", "代审批人"},
    {"approval_due_at", FieldType::time, {}, kShown, "Until when it waits", "等待审批到何时", "审批截止"},
    {"overdue", FieldType::boolean, {}, base::kInWide, "That time is over", "是否已超时", "超时"},
    {"requester_id", FieldType::text, {}, kShown, "Who asks", "请求人", "请求人"},
    {"assignee_id", FieldType::text, {}, base::kInWide, "Who works on it", "处理人", "处理人"},
    {"title", FieldType::text, {}, kShown, "What it is about", "标题", "标题"},
};

query::Query wanted(Env& env, Call const& call) {
  auto query = record::listing(kKind, env, call);
  std::vector<query::Filter> filters{std::move(query.filter)};
  query::FilterContext const context{&model::ticket_type(), env.clock().now(), base::TimeZone(), ""};
  if (!call.has("state")) filters.push_back(query::make_condition(context, "approval", query::Op::eq, "WAITING"));
  if (call.on("overdue"))
    filters.push_back(
        query::condition_on(model::ticket_type().require("approval_due_at"), query::Op::lt, {env.clock().now()}));
  query.filter = query::all_of(std::move(filters));
  return query;
}

base::Row row_of(model::Ticket const& ticket, base::TimePoint now) {
  auto const& due = ticket.approval_due_at;
  bool const overdue = ticket.approval == model::Approval::waiting && due && *due < now;
  return {ticket.ticket_number,
          ticket.approval ? Value(model::to_string(*ticket.approval)) : Value(),
          base::text_or_null(ticket.approver),
          base::text_or_null(ticket.approval_deputy),
          due ? Value(*due) : Value(),
          overdue,
          ticket.requester_id,
          base::text_or_null(ticket.assignee_id),
          ticket.title};
}

int run_list(Env& env, Call const& call) {
  auto const query = wanted(env, call);
  auto writer = format::list_writer(env.out(), env.style("ticket_number"), kList, "approval", kColumns);
  auto const now = env.clock().now();
  auto const end = env.desk().tickets().list(query, [&](model::Ticket const& ticket) {
    writer->row(row_of(ticket, now));
    return true;
  });
  writer->end({end.truncated, end.next, {}});
  env.out().flush();
  check_found(env, call, end.count);
  return 0;
}

int run_ask(Env& env, Call const& call) {
  desk::AskApproval question;
  question.of = *call.text("of");
  question.deputy = call.text("deputy").value_or("");
  question.until = moment_flag(env, call, "until");
  auto const ids = record::confirmed_ids(ticket::kKind, env, call);
  (void)env.style(ticket::kKind.number);
  return ticket::change_all(env, call, ids, [&](std::vector<std::string> const& some) {
    return env.desk().tickets().ask_approval(some, question, record::change_of(env, call), record::batch_of(call));
  });
}

int answer(Env& env, Call const& call, desk::AnswerApproval const& said) {
  auto const ids = record::confirmed_ids(ticket::kKind, env, call);
  (void)env.style(ticket::kKind.number);
  return ticket::change_all(env, call, ids, [&](std::vector<std::string> const& some) {
    return env.desk().tickets().answer_approval(some, said, record::change_of(env, call), record::batch_of(call));
  });
}

int decide(Env& env, Call const& call, bool yes) {
  desk::AnswerApproval said;
  said.yes = yes;
  said.by = call.text("for").value_or("");
  // Whose word it was, and how it came here, is all that the history can say of it.
  if (call.has("for") && !call.has("reason")) call.missing("--reason");
  return answer(env, call, said);
}

int run_approve(Env& env, Call const& call) { return decide(env, call, true); }
int run_decline(Env& env, Call const& call) { return decide(env, call, false); }
int run_withdraw(Env& env, Call const& call) {
  desk::AnswerApproval said;
  said.withdraw = true;
  return answer(env, call, said);
}

constexpr Flag kListFlags[] = {
    {.name = "approver",
     .value = "NAME,...",
     .type = FlagType::texts,
     .doc = {"only those that these people are asked for; me: you", "只列出由这些人审批的；me 表示本人"}},
    {.name = "state",
     .value = "STATE,...",
     .type = FlagType::choices,
     .doc = {"where the question stands", "审批状态"},
     .fallback = "WAITING",
     .choices = model::approval_names},
    {.name = "overdue", .doc = {"only those whose time is over", "只列出已超时的"}},
    flags::kWhere,
    flags::kSort,
    flags::kLimit,
    flags::kFailIfAny,
    flags::kHeader,
    flags::kCsvSafe,
    flags::kCsvBom,
};
constexpr Flag kAskFlags[] = {
    {.name = "of",
     .value = "NAME",
     .type = FlagType::text,
     .doc = {"who is asked: a name, an address, team:NAME, manager (the requester's, as the directory says), or "
             "owner:SERVICE",
             "审批人：姓名、邮箱、team:团队、manager（目录中请求人的主管）或 owner:服务"},
     .required = true},
    {.name = "deputy",
     .value = "NAME",
     .type = FlagType::text,
     .doc = {"who may answer in their place, and is asked when the time is over", "可代为审批的人；超时后由其审批"}},
    {.name = "until",
     .value = "TIME",
     .type = FlagType::time,
     .doc = {"how long it waits, e.g. +3d, tomorrow, 2026-12-01", "等待到何时，例如 +3d、明天、2026-12-01"},
     .fallback = "as long as it takes"},
    flags::kReason,
    flags::kIfRev,
    flags::kEach,
    flags::kExitCode,
};
constexpr Flag kAnswerFlags[] = {
    {.name = "for",
     .value = "NAME",
     .type = FlagType::text,
     .doc = {"put down the answer of this person, who gave it elsewhere; needs --reason",
             "代为登记此人在别处作出的答复，须给出 --reason"}},
    flags::kReason,
    flags::kIfRev,
    flags::kEach,
    flags::kExitCode,
};
constexpr Flag kWithdrawFlags[] = {flags::kReason, flags::kIfRev, flags::kEach, flags::kExitCode};

constexpr Example kListExamples[] = {
    {"umsops ticket approval list", {"who waits for whom", "待审批的工单"}},
    {"umsops ticket approval list --approver me -o json | jq -r '.items[].ticket_number'",
     {"what waits for you", "等待您审批的工单"}},
};
constexpr Example kAskExamples[] = {
    {"umsops ticket approval ask T-1 --of wang.fang --deputy li.qiang --until +3d",
     {"she has three days, then he has as long", "她有三天时间，之后由他审批"}},
    {"umsops ticket approval ask T-1 --of boss@example.com -n -o json | jq -r .status", {"what would happen", "演练"}},
};
constexpr Example kApproveExamples[] = {
    {"umsops ticket approval ask T-1 --of wang.fang -q && UMSOPS_ACTOR=wang.fang umsops ticket approval approve T-1",
     {"yes, by who was asked", "由审批人同意"}},
    {"umsops ticket approval ask T-1 --of wang.fang -q && umsops ticket approval approve T-1 --for wang.fang --reason "
     "'said so on the phone'",
     {"who said it elsewhere", "登记电话中的答复"}},
};
constexpr Example kDeclineExamples[] = {
    {"umsops ticket approval ask T-1 --of wang.fang -q && UMSOPS_ACTOR=wang.fang umsops ticket approval decline T-1 "
     "--reason 'not needed for this work'",
     {"no, and why", "拒绝并说明原因"}},
    {"umsops ticket approval ask T-1 --of wang.fang -q && umsops ticket approval decline T-1 --for wang.fang --reason "
     "'by chat' -o json | jq -r .approval",
     {"who said it elsewhere", "登记聊天中的答复"}},
};
constexpr Example kWithdrawExamples[] = {
    {"umsops ticket approval ask T-1 --of wang.fang -q && umsops ticket approval withdraw T-1 --reason 'asked twice'",
     {"nobody has to say yes", "不再需要审批"}},
    {"umsops ticket approval list -q --approver wang.fang | umsops ticket approval withdraw - -y -o json | jq .count",
     {"all that wait for her", "撤回所有等待她的审批"}},
};
constexpr int kListExits[] = {7, 8, 9, 10, 12};

}  // namespace

constinit Command const kTicketApprovalList{
    .path = "ticket approval list",
    .summary = {"list who waits for whose approval", "列出待审批的工单"},
    .description = {"Lists tickets that wait for somebody's approval, with --state those that were answered. "
                    "'ticket list -w approval=WAITING' lists the tickets themselves.",
                    "列出等待审批的工单；--state 列出已有结果的。ticket list -w approval=WAITING 列出工单本身。"},
    .flags = kListFlags,
    .examples = kListExamples,
    .exits = kListExits,
    .schema = kList,
    .run = run_list,
};

constinit Command const kTicketApprovalAsk{
    .path = "ticket approval ask",
    .summary = {"ask somebody for approval", "请求审批"},
    .description =
        {"Makes tickets PENDING until somebody has said yes or no; the clocks stop. Who is asked gets a message, and "
         "may answer it with 'approve' or 'decline' alone in its first line. The requester's word, 'ticket wake' and "
         "'ticket resolve' do not go around it. When the time is over tick asks the deputy, who has as long again; "
         "without one, or then, the approval is EXPIRED, and the ticket goes on.",
         "使工单变为 PENDING，直到有人同意或拒绝；期间停止计时。审批人会收到消息，回复时第一行只写“同意”或“拒绝”即可。"
         "请求人的答复、ticket wake 和 ticket resolve 都不能绕过审批。超时后由 tick "
         "转请代审批人，其时限与原来相同；没有代审批人或再次超时，则审批为 EXPIRED，工单继续处理。"},
    .arguments = ticket::kMany,
    .flags = kAskFlags,
    .examples = kAskExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.ticket.result/v1",
    .changes = true,
    .run = run_ask,
};

constinit Command const kTicketApprovalApprove{
    .path = "ticket approval approve",
    .summary = {"say yes", "同意"},
    .description =
        {"Answers yes: the ticket returns to the state before, and whoever works on it is told. Only who is "
         "asked, or the deputy, may; --for with --reason puts down what they said elsewhere, and the history "
         "tells both names.",
         "同意：工单回到之前的状态，并通知处理人。只有审批人或代审批人可以；--for 与 --reason "
         "用于登记其在别处作出的答复，历史记录会写明双方。"},
    .arguments = ticket::kMany,
    .flags = kAnswerFlags,
    .examples = kApproveExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.ticket.result/v1",
    .changes = true,
    .run = run_approve,
};

constinit Command const kTicketApprovalDecline{
    .path = "ticket approval decline",
    .summary = {"say no", "拒绝"},
    .description =
        {"Answers no: the ticket returns to the state before, the requester is told, and --reason is kept as "
         "a note for colleagues. Who may: as with 'ticket approval approve'.",
         "拒绝：工单回到之前的状态，并通知请求人；--reason 作为内部备注保存。权限与 ticket approval approve "
         "相同。"},
    .arguments = ticket::kMany,
    .flags = kAnswerFlags,
    .examples = kDeclineExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.ticket.result/v1",
    .changes = true,
    .run = run_decline,
};

constinit Command const kTicketApprovalWithdraw{
    .path = "ticket approval withdraw",
    .summary = {"take the question back", "撤回审批"},
    .description = {"Nobody has to say yes any more: the ticket returns to the state before.",
                    "不再需要审批：工单回到之前的状态。"},
    .arguments = ticket::kMany,
    .flags = kWithdrawFlags,
    .examples = kWithdrawExamples,
    .exits = record::kChangeExits,
    .schema = "umsops.ticket.result/v1",
    .changes = true,
    .run = run_withdraw,
};

}  // namespace umsops::cli
