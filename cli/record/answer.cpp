// SPDX-License-Identifier: Apache-2.0
#include "cli/record/answer.hpp"

#include "cli/exit_code.hpp"
#include "cli/outcome.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli::record {

namespace {

using base::Value;
using Outcome = desk::Outcome<Answer>;

void write_line(Env& env, Answer const& answer) {
  env.out().write(base::terminal_text(answer.line, base::TextShape::line) + "\n");
}

void tell_each(Env& env, std::vector<std::string> const& lines) {
  if (env.quiet()) return;
  for (auto const& line : lines) env.tell(line);
}

Value::Object facts_of(Env const& env, Answer const& answer) {
  Value::Object facts{{"result", desk::to_string(answer.result)}, {"dry_run", answer.dry_run}};
  for (auto const& [name, value] : answer.facts) {
    facts.emplace_back(name, value);
    auto* const warnings = name == "warnings" ? facts.back().second.get_if<Value::List>() : nullptr;
    if (warnings) warnings->insert(warnings->end(), env.warnings().begin(), env.warnings().end());
  }
  return facts;
}

Value item_of(Kind const& kind, Env const& env, Outcome const& outcome) {
  Value::Object item{{"id", outcome.id}, {"ok", !outcome.failed.has_value()}};
  if (outcome.failed) {
    item.emplace_back("error", Value::Object{{"code", outcome.failed->code().code},
                                             {"message", outcome.failed->message(env.language())}});
    return item;
  }
  for (auto& fact : facts_of(env, *outcome.done)) item.push_back(std::move(fact));
  item.emplace_back("record", record_of(kind.type().fields, outcome.done->row));
  return item;
}

void write_whole(Kind const& kind, Env& env, format::Style const& style, Answer const& answer) {
  format::write_record(env.out(), style, env.call().command->schema, kind.type().noun, kind.type().fields, answer.row,
                       facts_of(env, answer));
}

/// Before it is written: an answer that gets lost leaves the change behind.
void note(Kind const& kind, Env& env, Answer const& answer) {
  if (answer.dry_run) return;
  bool const changed = answer.result == desk::Result::created || answer.result == desk::Result::updated;
  env.out().told().stored(std::string(answer.row[kind.type().require(kind.number)].text()), changed);
}

/// The answers to a batch, one by one.
class Answers {
 public:
  Answers(Kind const& kind, Env& env) : kind_(kind), env_(env) {
    auto const style = env.style(kind.number);
    if (style.format == format::Format::json || style.format == format::Format::yaml ||
        style.format == format::Format::jsonl) {
      items_ = format::item_writer(env.out(), style.format, schema_of(kind, "results"));
    } else if (style.format == format::Format::tpl) {
      style_ = style;
    } else if (!env.human()) {
      rows_ = format::list_writer(env.out(), style, schema_of(kind, "results"), kind.type().noun, kind.type().fields);
    }
  }

  void add(Outcome const& outcome) {
    ++total_;
    if (outcome.done) note(kind_, env_, *outcome.done);
    if (items_) items_->item(item_of(kind_, env_, outcome));
    if (outcome.failed) return fail(outcome.id, *outcome.failed);
    changed_ += outcome.done->result != desk::Result::unchanged ? 1 : 0;
    if (rows_) rows_->row(outcome.done->row);
    if (style_) write_whole(kind_, env_, *style_, *outcome.done);
    if (is_for_people()) tell(*outcome.done);
  }

  /// What was written is whole then; `stopped` ended the batch before its end, or null.
  void end(base::Error const* stopped) {
    Value::Object further{{"failed", failed_}};
    if (stopped) further.emplace_back("stopped", stopped->code().code);
    if (items_) items_->end(further);
    if (rows_) rows_->end({});
    if (is_for_people() && env_.dry_run()) env_.tell(env_.phrase(Phrase::dry_run));
    env_.out().flush();
  }

  /// What the whole batch ends with.
  int code(Call const& call) const {
    if (failed_ == 0) return call.on("exit-code") && changed_ > 0 ? exit_code(base::ErrorKind::condition) : 0;
    auto error = some_failed(failed_, total_);
    for (auto const& detail : details_) error.detail(detail);
    throw error;
  }

 private:
  void tell(Answer const& answer) {
    write_line(env_, answer);
    tell_each(env_, answer.warnings);
    if (answer.explain) answer.explain();
  }

  void fail(std::string const& id, base::Error const& error) {
    ++failed_;
    env_.remark(id + ": " + error.message(env_.language()));
    details_.emplace_back(Value::Object{{"id", id}, {"code", error.code().code}});
  }

  Kind const& kind_;
  Env& env_;
  bool is_for_people() const { return !items_ && !rows_ && !style_; }

  std::unique_ptr<format::ItemWriter> items_;
  std::unique_ptr<format::RecordWriter> rows_;
  std::optional<format::Style> style_;  ///< of a template, which is filled with all of an answer
  std::int64_t total_ = 0, failed_ = 0, changed_ = 0;
  Value::List details_;
};

/// A single record is answered as such, and what refuses it is the command's own error.
int change_one(Kind const& kind, Env& env, Call const& call, Outcome const& outcome) {
  if (outcome.failed) throw *outcome.failed;
  write_answer(kind, env, *outcome.done);
  bool const changed = outcome.done->result != desk::Result::unchanged;
  return call.on("exit-code") && changed ? exit_code(base::ErrorKind::condition) : 0;
}

}  // namespace

void write_answer(Kind const& kind, Env& env, Answer const& answer) {
  note(kind, env, answer);
  if (env.human()) {
    write_line(env, answer);
    if (answer.dry_run && !env.quiet()) env.tell(env.phrase(Phrase::dry_run));
    tell_each(env, answer.warnings);
    tell_each(env, answer.remarks);
    if (answer.explain) answer.explain();
  } else {
    write_whole(kind, env, env.style(kind.number), answer);
  }
  if (!answer.hint.empty()) env.hint(answer.hint);
}

int change_all(Kind const& kind, Env& env, Call const& call, std::vector<std::string> const& ids,
               Change const& change) {
  if (ids.size() == 1) return change_one(kind, env, call, change(ids).at(0));
  if (!call.on("each")) {
    auto const outcomes = change(ids);
    Answers answers(kind, env);
    for (auto const& outcome : outcomes) answers.add(outcome);
    answers.end(nullptr);
    return answers.code(call);
  }
  Answers answers(kind, env);
  for (auto const& id : ids) {
    try {
      answers.add(change({id}).at(0));
      env.out().flush();
    } catch (base::Error const& error) {
      if (error.kind() != base::ErrorKind::output) answers.end(&error);
      throw;
    }
  }
  answers.end(nullptr);
  return answers.code(call);
}

}  // namespace umsops::cli::record
