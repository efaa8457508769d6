// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <algorithm>
#include <memory>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/flags.hpp"
#include "cli/outcome.hpp"
#include "cli/ticket/ticket.hpp"
#include "umsops/base/json.hpp"
#include "umsops/config/rule_files.hpp"

namespace umsops::cli {

namespace {

using base::Error;
using base::Value;
using desk::IntakeRecord;
using desk::RecordAction;

constexpr std::string_view kSchema = "umsops.ticket.record/v1";
constexpr std::int64_t kMostInChunk = 1000;

[[noreturn]] void refuse(std::string field, std::string problem) {
  throw Error(base::errors::record_invalid, {{"field", std::move(field)}, {"problem", std::move(problem)}});
}

/// A member that is no field of a ticket, taken out of the object.
std::string take(Value::Object& members, std::string_view name) {
  auto const found =
      std::find_if(members.begin(), members.end(), [&](auto const& member) { return member.first == name; });
  if (found == members.end()) return {};
  Value const value = std::move(found->second);
  members.erase(found);
  if (value.is_null()) return {};
  if (value.get_if<std::string>() == nullptr) refuse(std::string(name), "not a text");
  return std::string(value.text());
}

RecordAction action_of(Value::Object& members) {
  auto const word = take(members, "action");
  if (word.empty()) return RecordAction::create;
  auto const action = desk::parse_record_action(word);
  if (!action) refuse("action", word.substr(0, 80) + " is none of create, reply, close, ignore");
  return *action;
}

/// What the record says, as the desk takes it.
void read_record(IntakeRecord& record, Value object, std::string const& file, model::Source source) {
  auto* members = object.get_if<Value::Object>();
  if (members == nullptr) refuse("record", "not an object");
  record.action = action_of(*members);
  if (record.action == RecordAction::ignore) return;
  record.wanted.source = source;
  if (record.action != RecordAction::create) {
    record.ticket = take(*members, "ticket_number");
    if (record.ticket.empty()) record.ticket = take(*members, "id");
    // `key` names the ticket, unless something else does: then it is the record's own, as `act_key` always is.
    record.act_key = take(*members, "act_key");
    if (!record.ticket.empty() && record.act_key.empty()) record.act_key = take(*members, "key");
  }
  ticket::put_record(record.wanted, object, file);
  if (record.action != RecordAction::create && record.ticket.empty() && record.wanted.key.empty()) {
    refuse("key", "needed to find the ticket, if not ticket_number");
  }
  if (record.action == RecordAction::create && record.wanted.title.empty()) refuse("title", "empty");
}

/// Reads records one by one and hands them to the desk, so many in one transaction.
class Intake {
 public:
  Intake(Env& env, Call const& call, std::string file) : env_(env), file_(std::move(file)) {
    if (auto const path = call.text("mapping")) mapping_ = config::read_mapping(*path);
    if (auto const name = call.text("source")) source_ = *model::parse_source(*name);
    options_.dry_run = env.dry_run();
    options_.on_duplicate = record::on_duplicate(call);
    options_.reason = call.text("reason").value_or("");
    chunk_ = std::clamp<std::int64_t>(call.integer("chunk").value_or(100), 1, kMostInChunk);
  }

  void run(format::RecordReader& reader) {
    std::vector<IntakeRecord> records;
    while (auto read = reader.next()) {
      records.push_back(record_from(std::move(*read)));
      if (static_cast<std::int64_t>(records.size()) < chunk_) continue;
      hand_over(records);
      records.clear();
    }
    if (!records.empty()) hand_over(records);
  }

  bool any() const { return taken_ + failed_ > 0; }
  void tell_sum() const {
    if (env_.quiet()) return;
    env_.tell(env_.phrase(Phrase::records_taken, {{"taken", std::to_string(taken_)},
                                                  {"created", std::to_string(created_)},
                                                  {"updated", std::to_string(updated_)},
                                                  {"failed", std::to_string(failed_)}}));
  }
  /// Throws when some records failed.
  void finish() const {
    if (failed_ > 0) throw some_failed(failed_, taken_ + failed_);
  }

 private:
  IntakeRecord record_from(format::InputRecord read) const {
    IntakeRecord record;
    record.line = read.line;
    record.unreadable = std::move(read.error);
    if (record.unreadable) return record;
    try {
      read_record(record, mapping_ ? model::apply(*mapping_, read.object) : std::move(read.object), file_, source_);
    } catch (Error const& error) {
      record.unreadable = error;
    }
    return record;
  }

  void hand_over(std::vector<IntakeRecord> const& records) {
    env_.desk().intake().records(records, options_, [&](std::vector<desk::IntakeOutcome> const& outcomes) {
      for (auto const& outcome : outcomes) note(outcome);
      for (auto const& outcome : outcomes) write(outcome);
      env_.out().flush();
    });
  }

  /// All of a transaction before the first of them is written: it is stored as a whole.
  void note(desk::IntakeOutcome const& outcome) {
    if (!outcome.done || outcome.done->dry_run) return;
    auto const result = outcome.done->result;
    env_.out().told().stored(outcome.done->ticket.ticket_number,
                             result == desk::Result::created || result == desk::Result::updated);
  }

  void write(desk::IntakeOutcome const& outcome) {
    auto const& record = *outcome.record;
    Value::Object line{{"schema", kSchema},
                       {"line", record.line},
                       {"action", desk::to_string(record.action)},
                       {"key", base::text_or_null(record.wanted.key)},
                       {"act_key", base::text_or_null(record.act_key)}};
    if (outcome.failed) {
      ++failed_;
      line.emplace_back("error", Value::Object{{"code", outcome.failed->code().code},
                                               {"message", outcome.failed->message(env_.language())}});
      env_.remark(file_ + ":" + std::to_string(record.line) + ": " + outcome.failed->message(env_.language()));
    } else {
      ++taken_;
      count(outcome, line);
    }
    auto const style = env_.style(ticket::kKind.number);
    if (style.format == format::Format::id) {
      if (outcome.done) env_.out().write(outcome.done->ticket.ticket_number + "\n");
    } else {
      env_.out().write(base::to_json(Value(std::move(line))) + "\n");
    }
  }

  void count(desk::IntakeOutcome const& outcome, Value::Object& line) {
    if (!outcome.done) {
      line.emplace_back("result", "unchanged");
      line.emplace_back("created", false);
      return;
    }
    auto const& ticket = outcome.done->ticket;
    created_ += outcome.done->result == desk::Result::created ? 1 : 0;
    updated_ += outcome.done->result == desk::Result::updated ? 1 : 0;
    line.emplace_back("result", desk::to_string(outcome.done->result));
    line.emplace_back("created", outcome.done->result == desk::Result::created);
    line.emplace_back("dry_run", outcome.done->dry_run);
    line.emplace_back("ticket_number", ticket.ticket_number);
    line.emplace_back("status", model::to_string(ticket.status));
    line.emplace_back("priority", model::to_string(ticket.priority));
  }

  Env& env_;
  std::string file_;
  std::optional<model::ImportMapping> mapping_;
  model::Source source_ = model::Source::api;
  desk::CreateOptions options_;
  std::int64_t chunk_ = 100;
  std::int64_t taken_ = 0, created_ = 0, updated_ = 0, failed_ = 0;
};

/// What stands at the beginning of an input, and the rest of it.
class Peeked {
 public:
  explicit Peeked(format::ByteSource source) : source_(std::move(source)), begin_(64u << 10, '\0') {
    std::size_t size = 0;
    // A pipe gives what there is: the first record is whole when its line is.
    while (size < begin_.size() && begin_.find('\n') >= size) {
      auto const got = source_(begin_.data() + size, begin_.size() - size);
      if (got == 0) break;
      size += got;
    }
    begin_.resize(size);
  }

  /// The first line ends inside an object: that is one object over several lines, not an object a line.
  bool is_one_object() const {
    int depth = 0;
    bool in_string = false;
    for (std::size_t at = 0; at < begin_.size(); ++at) {
      char const c = begin_[at];
      if (in_string) {
        if (c == '\\') ++at;
        in_string = c != '"';
      } else if (c == '"') {
        in_string = true;
      } else if (c == '{' || c == '[') {
        ++depth;
      } else if (c == '}' || c == ']') {
        if (--depth == 0) return false;
      } else if (c == '\n' && depth > 0) {
        return true;
      }
    }
    return false;
  }
  bool is_list() const {
    auto const first = begin_.find_first_not_of(" \t\r\n");
    return first != std::string::npos && begin_[first] == '[';
  }

  /// All of it, with something before and behind.
  format::ByteSource whole(std::string before, std::string behind) && {
    return [first = std::move(before) + std::move(begin_), last = std::move(behind), source = std::move(source_)](
               char* into, std::size_t most) mutable {
      auto const give = [&](std::string& from) {
        auto const size = std::min(most, from.size());
        std::copy_n(from.begin(), size, into);
        from.erase(0, size);
        return size;
      };
      if (!first.empty()) return give(first);
      auto const got = source(into, most);
      return got > 0 ? got : give(last);
    };
  }

 private:
  format::ByteSource source_;
  std::string begin_;
};

/// One object a line, one list of objects, or one object over several lines, as webhooks send it.
std::unique_ptr<format::RecordReader> json_records(std::string const& file) {
  Peeked peeked(open_source(file));
  if (peeked.is_list()) return format::record_reader(std::move(peeked).whole("", ""), format::InputFormat::json, file);
  if (peeked.is_one_object())
    return format::record_reader(std::move(peeked).whole("[", "]"), format::InputFormat::json, file);
  return format::record_reader(std::move(peeked).whole("", ""), format::InputFormat::jsonl, file);
}

int run_intake_json(Env& env, Call const& call) {
  std::string const file = call.words.empty() ? "-" : call.words[0];
  Intake intake(env, call, file);
  (void)env.style(ticket::kKind.number);
  if (file == "-" && isatty(0) != 0) throw base::Error(base::errors::usage_stdin_terminal);
  env.reach_store();
  try {
    intake.run(*json_records(file));
  } catch (base::Error const&) {
    if (intake.any()) intake.tell_sum();
    throw;
  }
  intake.tell_sum();
  intake.finish();
  return 0;
}

constexpr Argument kArguments[] = {
    {"FILE",
     {"the records; default, or -: standard input", "记录文件；省略或为 - 时读取标准输入"},
     false,
     false,
     offer::files}};

constexpr Flag kFlags[] = {
    {.name = "mapping",
     .value = "FILE",
     .type = FlagType::file,
     .doc = {"mapping file for foreign members and words, nested ones as a.b; see umsops-mapping(5)",
             "映射文件：将外部成员和词语转换为本系统字段，嵌套成员写作 a.b；见 umsops-mapping(5)"},
     .offer = offer::files},
    {.name = "on-duplicate",
     .value = "WHAT",
     .type = FlagType::choice,
     .doc = {"when the key exists: return the ticket, add the text as a comment, reopen it, or fail",
             "键已存在时：返回该工单、将文本添加为备注、重新打开，或报错"},
     .fallback = "return",
     .choices = record::on_duplicate_names},
    {.name = "source",
     .value = "SOURCE",
     .type = FlagType::choice,
     .doc = {"channel of records without one", "未注明渠道的记录所用的渠道"},
     .fallback = "API",
     .choices = model::source_names},
    {.name = "chunk",
     .value = "N",
     .type = FlagType::integer,
     .doc = {"records per transaction, at most 1000; answers follow each one",
             "每个事务的记录数，最多 1000；每个事务之后输出结果"},
     .fallback = "100"},
    flags::kReason,
};

constexpr Example kExamples[] = {
    {"echo '{\"key\":\"alert:42\",\"title\":\"disk full on db01\",\"source\":\"MONITOR\"}' | umsops ticket intake json "
     "| jq -r .ticket_number",
     {"the same key returns the same ticket", "相同的键始终对应同一工单"}},
    {"printf '%s\\n' '{\"key\":\"a\",\"title\":\"first\"}' '{\"key\":\"b\",\"title\":\"second\"}' | umsops ticket "
     "intake json --chunk 1 | jq -c '[.line, .result]'",
     {"one answer a record", "每条记录一个结果"}},
};

constexpr int kExits[] = {4, 5, 6, 7, 8, 9, 11, 12};

}  // namespace

constinit Command const kTicketIntakeJson{
    .path = "ticket intake json",
    .summary = {"file records from programs", "接收程序提交的记录"},
    .description =
        {"Reads one JSON object, a list of them, or one a line, with the field names of a ticket and more: 'key' makes "
         "a "
         "repeated record the same ticket; 'action' is create (the default), reply (add the text), close, or ignore. "
         "Reply and close name their ticket by 'ticket_number', or by the 'key' that it was filed with; their own key "
         "is 'act_key' (beside 'ticket_number' also 'key'): repeated, nothing happens again. Each record is answered "
         "with one line of JSON on standard output, and a summary goes to standard "
         "error. A refused record does not affect the others; the exit code is 6 then. Records with other field names "
         "need a mapping file.\n\n'ticket import' moves tickets with their history, all or nothing. This command is "
         "for new reports: rules, likely duplicates, confirmations and hooks work as with 'ticket create'.",
         "读取一个 JSON 对象、对象列表或每行一个对象，字段名与工单相同，另有两个成员：key "
         "使重复到达的记录对应同一工单；action 指明操作：create（默认）、reply（追加文本）、close 或 "
         "ignore。reply 和 close 通过 ticket_number 或建单时的 key 指明工单；其自身的键为 "
         "act_key（给出 ticket_number 时也可用 key），重复到达时不再执行。每条记录在标准输出上得到一行 JSON "
         "结果，汇总输出到标准错误；被拒绝的记录不影响其他记录，退出码为 6。其他程序的记录需要映射文件。\n\n"
         "ticket import "
         "用于迁移工单及其历史，全部成功或全部不做；本命令用于接收新到的请求：规则、重复检测、确认通知和钩子"
         "与 ticket create 相同。"},
    .arguments = kArguments,
    .flags = kFlags,
    .examples = kExamples,
    .exits = kExits,
    .schema = kSchema,
    .changes = true,
    .run = run_intake_json,
};

}  // namespace umsops::cli
