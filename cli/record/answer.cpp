// SPDX-License-Identifier: Apache-2.0
#include "cli/record/answer.hpp"

#include "cli/exit_code.hpp"
#include "cli/outcome.hpp"
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

Value::Object facts_of(Answer const& answer) {
  Value::Object facts{{"result", desk::to_string(answer.result)}, {"dry_run", answer.dry_run}};
  facts.insert(facts.end(), answer.facts.begin(), answer.facts.end());
  return facts;
}

Value item_of(Kind const& kind, Outcome const& outcome, base::Language language) {
  Value::Object item{{"id", outcome.id}, {"ok", !outcome.failed.has_value()}};
  if (outcome.failed) {
    item.emplace_back(
        "error", Value::Object{{"code", outcome.failed->code().code}, {"message", outcome.failed->message(language)}});
    return item;
  }
  for (auto& fact : facts_of(*outcome.done)) item.push_back(std::move(fact));
  item.emplace_back("record", record_of(kind.type().fields, outcome.done->row));
  return item;
}

void write_document(Kind const& kind, Env& env, format::Style const& style, std::vector<Outcome> const& outcomes,
                    std::int64_t failed) {
  Value::List items;
  for (auto const& outcome : outcomes) items.push_back(item_of(kind, outcome, env.language()));
  Value::Object document{{"schema", schema_of(kind, "results")}, {"items", std::move(items)}};
  document.emplace_back("count", static_cast<std::int64_t>(outcomes.size()));
  document.emplace_back("failed", failed);
  format::write_document(env.out(), style, std::move(document));
}

void write_items(Kind const& kind, Env& env, std::vector<Outcome> const& outcomes, std::int64_t failed) {
  auto const style = env.style(kind.number);
  if (style.format == format::Format::json || style.format == format::Format::yaml)
    return write_document(kind, env, style, outcomes, failed);
  if (style.format == format::Format::jsonl) {
    for (auto const& outcome : outcomes)
      format::write_document(env.out(), style, item_of(kind, outcome, env.language()));
    return;
  }
  if (env.human()) {
    for (auto const& outcome : outcomes) {
      if (!outcome.done) continue;
      write_line(env, *outcome.done);
      tell_each(env, outcome.done->warnings);
      if (outcome.done->explain) outcome.done->explain();
    }
    if (env.dry_run()) env.tell(env.phrase(Phrase::dry_run));
    return;
  }
  auto writer = format::list_writer(env.out(), style, schema_of(kind, "results"), kind.type().noun, kind.type().fields);
  for (auto const& outcome : outcomes) {
    if (outcome.done) writer->row(outcome.done->row);
  }
  writer->end({});
}

/// Names each that failed, and gives the error for all of them.
base::Error failures(Env& env, std::vector<Outcome> const& outcomes, std::int64_t failed) {
  auto error = some_failed(failed, static_cast<std::int64_t>(outcomes.size()));
  for (auto const& outcome : outcomes) {
    if (!outcome.failed) continue;
    env.remark(outcome.id + ": " + outcome.failed->message(env.language()));
    error.detail(Value::Object{{"id", outcome.id}, {"code", outcome.failed->code().code}});
  }
  return error;
}

}  // namespace

void write_answer(Kind const& kind, Env& env, Answer const& answer) {
  if (env.human()) {
    write_line(env, answer);
    if (answer.dry_run && !env.quiet()) env.tell(env.phrase(Phrase::dry_run));
    tell_each(env, answer.warnings);
    tell_each(env, answer.remarks);
    if (answer.explain) answer.explain();
  } else {
    format::write_record(env.out(), env.style(kind.number), env.call().command->schema, kind.type().noun,
                         kind.type().fields, answer.row, facts_of(answer));
  }
  if (!answer.hint.empty()) env.hint(answer.hint);
}

int write_answers(Kind const& kind, Env& env, Call const& call, std::vector<Outcome> const& outcomes) {
  std::int64_t failed = 0, changed = 0;
  for (auto const& outcome : outcomes) {
    if (outcome.failed && (outcomes.size() == 1 || !call.on("each"))) throw *outcome.failed;
    failed += outcome.failed ? 1 : 0;
    changed += outcome.done && outcome.done->result != desk::Result::unchanged ? 1 : 0;
  }
  outcomes.size() == 1 ? write_answer(kind, env, *outcomes[0].done) : write_items(kind, env, outcomes, failed);
  if (failed > 0) {
    env.out().flush();
    throw failures(env, outcomes, failed);
  }
  return call.on("exit-code") && changed > 0 ? exit_code(base::ErrorKind::condition) : 0;
}

}  // namespace umsops::cli::record
