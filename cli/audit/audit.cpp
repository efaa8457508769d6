// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"
#include "cli/findings.hpp"
#include "cli/flags.hpp"
#include "cli/progress.hpp"
#include "cli/record/list.hpp"
#include "umsops/base/number.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

using base::Value;

constexpr std::string_view kLogSchema = "umsops.audit.log/v1";

constexpr record::Kind kEvents{.type = model::event_type, .number = "seq", .since = "at"};

int run_log(Env& env, Call const& call) {
  auto const query = record::listing(kEvents, env, call);
  auto writer = format::list_writer(env.out(), env.style("seq"), kLogSchema, "event", model::event_type().fields);
  env.desk().store().log(query, [&](model::Event const& event) {
    writer->row(record::event_row(env, event));
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

/// What is true of a sound history, for people.
std::string sound_text(Env& env, desk::Verification const& verified) {
  auto const count = [](std::int64_t number) { return std::to_string(number); };
  std::string text = env.phrase(Phrase::chain_sound, {{"count", count(verified.entries)}});
  if (verified.erased_values > 0) text += env.phrase(Phrase::chain_erased, {{"count", count(verified.erased_values)}});
  if (verified.keyed_from > 0) text += env.phrase(Phrase::chain_keyed, {{"seq", count(verified.keyed_from)}});
  text += "\n";
  if (verified.backwards == 0) return text;
  return text +
         env.phrase(Phrase::time_backwards,
                    {{"count", count(verified.backwards)}, {"seq", count(verified.first_backwards)}}) +
         "\n";
}

Value verified_value(desk::Verification const& verified) {
  Value::Object document{{"schema", "umsops.audit.verify/v1"},
                         {"ok", verified.findings.empty()},
                         {"entries", verified.entries},
                         {"erased_values", verified.erased_values},
                         {"given_times", verified.given_times},
                         {"backwards", verified.backwards},
                         {"first_backwards", verified.first_backwards == 0 ? Value() : Value(verified.first_backwards)},
                         {"keyed_from", verified.keyed_from == 0 ? Value() : Value(verified.keyed_from)}};
  add_findings(document, verified.findings);
  return document;
}

int run_verify(Env& env, Call const& call) {
  Progress const waiting(env);
  auto const verified = env.desk().store().verify(head_in(env, call));
  auto const& findings = verified.findings;
  if (env.human()) {
    env.out().write(findings.empty() ? sound_text(env, verified) : findings_text(env, findings));
  } else if (auto const style = env.style("seq"); style.format != format::Format::id) {
    format::write_document(env.out(), style, verified_value(verified));
  }
  if (findings.empty()) return 0;
  env.out().flush();
  throw broken(findings.told[0]);
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
constexpr Flag kVerifyFlags[] = {{.name = "against",
                                  .value = "SEQ:HASH",
                                  .type = FlagType::text,
                                  .doc = {"a head kept elsewhere: finds a history made anew and a cut tail, too",
                                          "与另处保存的链头比较：也能发现整体重造的历史和被截断的尾部"}}};
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
    .summary = {"check the history for damage and edits", "校验历史有无损坏和改动"},
    .description =
        {"Recomputes the chain of hashes, compares every record with its last entry, and every link, key, reply and "
         "attachment with the entry that vouches for it. Names the first altered, missing or reordered entry; the exit "
         "code is 12 then. Without --against it finds accidents and edits by hand, but not a history that somebody "
         "with "
         "write access to the store made anew: only a head that was kept elsewhere proves the entries up to it, and "
         "audit_key_command makes forging need more than the store. The times are those that the entries were given.",
         "重新计算哈希链，将每条记录与其最后一个条目比较，并将每个关联、幂等键、回复和附件与为其作证的条目比较。指出第"
         "一个被改动、缺失或"
         "乱序的条目，退出码为 12。不带 --against "
         "时可发现意外损坏和手工改动，但不能发现由有写权限者整体重造的历史：只有另处保存的链头能证明到该处为止的条目，"
         "而 audit_key_command "
         "使伪造所需不止于存储本身。时间为条目被赋予的时间。"},
    .flags = kVerifyFlags,
    .examples = kVerifyExamples,
    .exits = kExits,
    .schema = "umsops.audit.verify/v1",
    .run = run_verify,
};

constinit Command const kAuditHead{
    .path = "audit head",
    .summary = {"print the head of the history", "显示历史链头"},
    .description =
        {"Prints number and hash of the newest entry. Keep it where nobody who can write the store can: with "
         "it 'audit verify --against' proves the history up to that entry, and finds a cut tail.",
         "输出最新条目的序号和哈希。请保存在有权写入该存储者无法触及之处：audit verify --against "
         "据此可证明到该条目为止的历史，"
         "并发现尾部被截断。"},
    .examples = kHeadExamples,
    .exits = kExits,
    .schema = "umsops.audit.head/v1",
    .run = run_head,
};

}  // namespace umsops::cli
