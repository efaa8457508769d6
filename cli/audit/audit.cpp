// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/flags.hpp"
#include "cli/ticket/ticket.hpp"
#include "umsops/base/number.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

using base::Value;

constexpr std::string_view kLogSchema = "umsops.audit.log/v1";

query::Filter at_condition(query::Op op, base::TimePoint at) {
  query::Filter filter;
  filter.kind = query::Filter::Kind::condition;
  filter.condition = {model::event_type().require("at"), {}, op, {at}};
  return filter;
}

query::Query log_query(Env& env, Call const& call) {
  query::FilterContext const context{&model::event_type(), env.clock().now(), env.zone()};
  std::vector<query::Filter> filters;
  if (auto const since = ticket::time_flag(env, call, "since")) filters.push_back(at_condition(query::Op::ge, *since));
  if (auto const until = ticket::time_flag(env, call, "until")) filters.push_back(at_condition(query::Op::lt, *until));
  for (auto const& text : call.all("where")) filters.push_back(query::parse_filter(text, context));
  query::Query query;
  if (!filters.empty()) query.filter = query::all_of(std::move(filters));
  auto const limit = call.integer("limit");
  if (limit && *limit > 0) query.limit = *limit;
  return query;
}

int run_log(Env& env, Call const& call) {
  auto const query = log_query(env, call);
  auto writer = format::list_writer(env.out(), env.style("seq"), kLogSchema, "event", model::event_type().fields);
  env.desk().store().log(query, [&](model::Event const& event) {
    writer->row(to_row(event));
    return true;
  });
  writer->end({});
  return 0;
}

std::optional<desk::ChainHead> head_in(Env& env, Call const& call) {
  auto const text = call.text("against");
  if (!text) return std::nullopt;
  auto const colon = text->find(':');
  auto const seq = base::parse_integer(text->substr(0, colon), 0, INT64_MAX);
  if (!seq || colon == std::string::npos || text->size() != colon + 65) {
    throw base::Error(base::errors::usage_bad_value, {{"flag", "--against"},
                                                      {"value", "'" + text->substr(0, 80) + "'"},
                                                      {"expected", env.phrase(Phrase::head_form)},
                                                      {"suggestion", ""}});
  }
  return desk::ChainHead{*seq, text->substr(colon + 1)};
}

/// The number of the entry in a finding's record, for the error.
base::Error broken(desk::Finding const& finding) {
  return base::Error(base::errors::audit_broken, {{"seq", finding.record}, {"problem", finding.problem}});
}

/// A desk that its first ticket has yet to make has an empty history.
desk::ChainHead head_or_none(Env& env) {
  try {
    return env.desk().store().head();
  } catch (base::Error const& error) {
    if (&error.code() != &base::errors::store_absent) throw;
    return {};
  }
}

int run_verify(Env& env, Call const& call) {
  auto const findings = env.desk().store().verify(head_in(env, call));
  if (env.human()) {
    for (auto const& finding : findings) {
      env.out().write(
          base::terminal_text(finding.what + " " + finding.record + ": " + finding.problem, base::TextShape::line) +
          "\n");
    }
    if (findings.empty())
      env.out().write(env.phrase(Phrase::chain_sound, {{"count", std::to_string(head_or_none(env).seq)}}) + "\n");
  } else if (auto const style = env.style("seq"); style.format != format::Format::id) {
    Value::List list;
    for (auto const& finding : findings) {
      list.emplace_back(
          Value::Object{{"what", finding.what}, {"record", finding.record}, {"problem", finding.problem}});
    }
    format::write_document(
        env.out(), style,
        Value::Object{{"schema", "umsops.audit.verify/v1"}, {"ok", findings.empty()}, {"findings", std::move(list)}});
  }
  if (findings.empty()) return 0;
  env.out().flush();
  throw broken(findings[0]);
}

int run_head(Env& env, Call const&) {
  auto const head = env.desk().store().head();
  if (env.human() || env.quiet()) {
    env.out().write(std::to_string(head.seq) + ":" + head.hash + "\n");
    return 0;
  }
  format::write_document(env.out(), env.style("hash"),
                         Value::Object{{"schema", "umsops.audit.head/v1"}, {"seq", head.seq}, {"hash", head.hash}});
  return 0;
}

constexpr Flag kLogFlags[] = {flags::kSince,  flags::kUntil,   flags::kWhere, flags::kLimit,
                              flags::kHeader, flags::kCsvSafe, flags::kCsvBom};
constexpr Flag kVerifyFlags[] = {
    {.name = "against",
     .value = "SEQ:HASH",
     .type = FlagType::text,
     .doc = {"a head kept outside: finds a cut tail too", "与外部保存的链头比较：也能发现尾部被截断"}}};
constexpr Example kLogExamples[] = {
    {"umsops audit log --since -7d", {"who did what this week", "一周内的操作"}},
    {"umsops audit log -w 'kind=updated' -o jsonl | jq -c '[.seq, .actor, .changes]'", {"for a program", "供程序使用"}},
};
constexpr Example kVerifyExamples[] = {
    {"umsops audit verify", {"exit 12 if something was altered", "发现改动时退出码为 12"}},
    {"umsops audit verify --against \"$(umsops audit head)\"", {"against a head kept elsewhere", "与另存的链头比较"}},
};
constexpr Example kHeadExamples[] = {
    {"umsops audit head", {"to keep in mail, git or syslog", "保存到邮件、git 或 syslog 的凭据"}},
    {"umsops audit head -o json | jq -r '\"\\(.seq):\\(.hash)\"' > head.txt",
     {"the same from JSON", "由 JSON 得到同样的内容"}},
};
constexpr int kExits[] = {7, 8, 9, 12};

}  // namespace

constinit Command const kAuditLog{
    .path = "audit log",
    .summary = {"list all changes", "列出全部修改"},
    .description = {"Lists the history: who (as claimed, and the system login), when, by which command, values before "
                    "and after, and why.",
                    "列出历史条目：何人（声称的和系统记录的登录名）、何时、用何命令、修改前后的值和原因。"},
    .flags = kLogFlags,
    .examples = kLogExamples,
    .exits = kExits,
    .schema = kLogSchema,
    .run = run_log,
};

constinit Command const kAuditVerify{
    .path = "audit verify",
    .summary = {"check that the history was not altered", "校验历史未被改动"},
    .description =
        {"Recomputes the chain of hashes and compares every record with its last entry. Names the first altered, "
         "missing or reordered entry; the exit code is 12 then.",
         "重新计算哈希链，并将每条记录与其最后一个条目比较。指出第一个被改动、缺失或乱序的条目，退出码为 12。"},
    .flags = kVerifyFlags,
    .examples = kVerifyExamples,
    .exits = kExits,
    .schema = "umsops.audit.verify/v1",
    .run = run_verify,
};

constinit Command const kAuditHead{
    .path = "audit head",
    .summary = {"print the head of the history", "显示历史链头"},
    .description = {"Prints number and hash of the newest entry. Keep it outside: it lets 'audit verify --against' "
                    "find a cut tail.",
                    "输出最新条目的序号和哈希。保存在外部后，audit verify --against 可据此发现尾部被截断。"},
    .examples = kHeadExamples,
    .exits = kExits,
    .schema = "umsops.audit.head/v1",
    .run = run_head,
};

}  // namespace umsops::cli
