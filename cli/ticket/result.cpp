// SPDX-License-Identifier: Apache-2.0
// How changed tickets are answered.
#include "cli/exit_code.hpp"
#include "cli/ticket/ticket.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli::ticket {

namespace {

using base::Value;

constexpr std::string_view kResults = "umsops.ticket.results/v1";

Value duplicates_of(std::vector<desk::DuplicateCandidate> const& candidates) {
  Value::List list;
  for (auto const& candidate : candidates) {
    list.emplace_back(Value::Object{{"ticket_number", candidate.ticket_number},
                                    {"title", candidate.title},
                                    {"status", model::to_string(candidate.status)},
                                    {"score", candidate.score}});
  }
  return list;
}

/// The field as people call it.
std::string label_of(std::string const& field, base::Language language) {
  auto const index = model::ticket_type().find(field);
  return index && language == base::Language::zh ? std::string(model::ticket_type().fields[*index].label_zh) : field;
}

std::string reason(model::FieldDecision const& decision, base::Language language) {
  Fill fill{{"field", label_of(decision.field, language)},
            {"value", decision.value},
            {"rule", decision.rule},
            {"file", decision.file},
            {"line", std::to_string(decision.line)}};
  if (decision.origin == "hook") return say(Phrase::why_hook, language, fill);
  if (decision.origin == "default") return say(Phrase::why_default, language, fill);
  if (decision.origin == "rule") {
    std::string words;
    for (auto const& word : decision.words) words += (words.empty() ? "" : ", ") + word;
    return say(Phrase::why_rule, language, fill) +
           (words.empty() ? "" : say(Phrase::why_words, language, {{"words", words}}));
  }
  std::string line = say(decision.origin == "import" ? Phrase::why_import : Phrase::why_caller, language, fill);
  bool const other = !decision.suggested.empty() && decision.suggested != decision.value && !decision.rule.empty();
  fill[1].second = decision.suggested;
  return other ? line + say(Phrase::why_suggested, language, fill) : line;
}

Value::Object facts_of(desk::TicketResult const& result) {
  Value::List warnings;
  for (auto const& warning : result.warnings) warnings.emplace_back(warning);
  Value::Object facts{{"result", desk::to_string(result.result)},
                      {"dry_run", result.dry_run},
                      {"duplicates", duplicates_of(result.duplicates)},
                      {"warnings", std::move(warnings)}};
  if (!result.candidates.empty()) facts.emplace_back("candidates", candidates_of(result.candidates));
  return facts;
}

std::string word_for(Env const& env, desk::Result result) {
  switch (result) {
    case desk::Result::created:
      return env.phrase(Phrase::created);
    case desk::Result::updated:
      return env.phrase(Phrase::updated);
    case desk::Result::unchanged:
      return env.phrase(Phrase::unchanged);
    case desk::Result::existing:
      return env.phrase(Phrase::existing);
  }
  return {};
}

/// `T-000001 created  CRITICAL sign-in  the title`
void write_line(Env& env, desk::TicketResult const& result) {
  auto const& ticket = result.ticket;
  std::string line = ticket.ticket_number + " " + word_for(env, result.result) + "  " +
                     std::string(to_string(ticket.priority)) + " " + (ticket.category.empty() ? "-" : ticket.category) +
                     "  " + ticket.title;
  if (!result.candidates.empty()) line += "  → " + ticket.assignee_id;
  env.out().write(base::terminal_text(line, base::TextShape::line) + "\n");
}

void tell_warnings(Env& env, desk::TicketResult const& result) {
  for (auto const& warning : result.warnings) {
    if (!env.quiet()) env.tell(warning);
  }
}

void tell_remarks(Env& env, desk::TicketResult const& result) {
  if (env.quiet()) return;
  if (result.dry_run) env.tell(env.phrase(Phrase::dry_run));
  tell_warnings(env, result);
  for (auto const& candidate : result.duplicates) {
    env.tell(env.phrase(Phrase::looks_like, {{"id", candidate.ticket_number},
                                             {"status", std::string(model::to_string(candidate.status))},
                                             {"title", candidate.title}}));
  }
}

Value item_of(desk::ItemOutcome const& outcome, base::Language language) {
  Value::Object item{{"id", outcome.id}, {"ok", !outcome.failed.has_value()}};
  if (outcome.failed) {
    item.emplace_back(
        "error", Value::Object{{"code", outcome.failed->code().code}, {"message", outcome.failed->message(language)}});
    return item;
  }
  for (auto& fact : facts_of(*outcome.done)) item.push_back(std::move(fact));
  auto record = record_of(model::ticket_type().fields, to_row(outcome.done->ticket));
  item.emplace_back("record", std::move(record));
  return item;
}

void write_items(Env& env, std::vector<desk::ItemOutcome> const& outcomes, std::int64_t failed, bool explain) {
  auto const style = env.style(kNumber);
  if (style.format == format::Format::json || style.format == format::Format::yaml) {
    Value::List items;
    for (auto const& outcome : outcomes) items.push_back(item_of(outcome, env.language()));
    Value::Object document{{"schema", kResults}, {"items", std::move(items)}};
    document.emplace_back("count", static_cast<std::int64_t>(outcomes.size()));
    document.emplace_back("failed", failed);
    return format::write_document(env.out(), style, std::move(document));
  }
  if (style.format == format::Format::jsonl) {
    for (auto const& outcome : outcomes) format::write_document(env.out(), style, item_of(outcome, env.language()));
    return;
  }
  if (env.human()) {
    for (auto const& outcome : outcomes) {
      if (!outcome.done) continue;
      write_line(env, *outcome.done);
      tell_warnings(env, *outcome.done);
      if (explain) write_candidates(env, outcome.done->candidates);
    }
    return;
  }
  auto writer = format::list_writer(env.out(), style, kResults, "ticket", model::ticket_type().fields);
  for (auto const& outcome : outcomes) {
    if (outcome.done) writer->row(to_row(outcome.done->ticket));
  }
  writer->end({});
}

}  // namespace

void write_result(Env& env, desk::TicketResult const& result, Remarks remarks) {
  if (env.human()) {
    write_line(env, result);
    tell_remarks(env, result);
  } else {
    auto facts = facts_of(result);
    for (auto& fact : remarks.facts) facts.push_back(std::move(fact));
    format::write_record(env.out(), env.style(kNumber), remarks.schema, "ticket", model::ticket_type().fields,
                         to_row(result.ticket), std::move(facts));
  }
  if (!result.dry_run && result.result == desk::Result::created) {
    env.hint(env.phrase(Phrase::next_show, {{"id", result.ticket.ticket_number}}));
  }
}

int write_outcomes(Env& env, Call const& call, std::vector<desk::ItemOutcome> const& outcomes) {
  std::int64_t failed = 0, changed = 0;
  for (auto const& outcome : outcomes) {
    if (outcome.failed && (outcomes.size() == 1 || !call.on("each"))) throw *outcome.failed;
    failed += outcome.failed ? 1 : 0;
    changed += outcome.done && outcome.done->result != desk::Result::unchanged ? 1 : 0;
  }
  if (outcomes.size() == 1) {
    write_result(env, *outcomes[0].done);
    if (call.on("explain") && env.human()) write_candidates(env, outcomes[0].done->candidates);
  } else {
    write_items(env, outcomes, failed, call.on("explain"));
    if (env.dry_run() && env.human()) env.tell(env.phrase(Phrase::dry_run));
  }
  if (failed > 0) {
    env.out().flush();
    base::Error partial(base::errors::batch_partial,
                        {{"failed", std::to_string(failed)}, {"total", std::to_string(outcomes.size())}});
    for (auto const& outcome : outcomes) {
      if (!outcome.failed) continue;
      env.remark(outcome.id + ": " + outcome.failed->message(env.language()));
      partial.detail(Value::Object{{"id", outcome.id}, {"code", outcome.failed->code().code}});
    }
    throw partial;
  }
  return call.on("exit-code") && changed > 0 ? exit_code(base::ErrorKind::condition) : 0;
}

Value record_of(std::span<base::Field const> fields, base::Row row) {
  Value::Object object;
  for (std::size_t i = 0; i < fields.size(); ++i) object.emplace_back(fields[i].name, std::move(row[i]));
  return object;
}

Value attachments_of(std::vector<model::Attachment> const& attachments) {
  Value::List list;
  auto const or_null = [](std::string const& text) { return text.empty() ? Value() : Value(text); };
  for (auto const& attachment : attachments) {
    list.emplace_back(Value::Object{{"id", attachment.id},
                                    {"response_id", or_null(attachment.response_id)},
                                    {"file_name", or_null(attachment.file_name)},
                                    {"media_type", or_null(attachment.media_type)},
                                    {"bytes", attachment.bytes},
                                    {"sha256", attachment.sha256},
                                    {"stored", attachment.stored},
                                    {"created_at", attachment.created_at}});
  }
  return list;
}

Value responses_of(std::vector<model::Response> const& responses) {
  Value::List list;
  for (auto const& response : responses) list.push_back(record_of(model::response_type().fields, to_row(response)));
  return list;
}

Value escalations_of(std::vector<model::Escalation> const& escalations) {
  Value::List list;
  for (auto const& escalation : escalations)
    list.push_back(record_of(model::escalation_type().fields, to_row(escalation)));
  return list;
}

Value links_of(std::vector<desk::ShownLink> const& links) {
  auto const or_null = [](std::string const& text) { return text.empty() ? Value() : Value(text); };
  Value::List list;
  for (auto const& link : links) {
    list.emplace_back(Value::Object{
        {"kind", link.kind}, {"other", link.other}, {"title", or_null(link.title)}, {"status", or_null(link.status)}});
  }
  return list;
}

Value history_of(std::vector<model::Event> const& events) {
  Value::List list;
  for (auto const& event : events) {
    Value::Object object;
    auto const& fields = model::event_type().fields;
    auto row = to_row(event);
    for (std::size_t i = 0; i < fields.size(); ++i) {
      auto const name = fields[i].name;
      if (name != "seq" && name != "hash" && name != "previous_hash") object.emplace_back(name, std::move(row[i]));
    }
    list.emplace_back(std::move(object));
  }
  return list;
}

std::vector<std::string> reasons(model::Classification const& classification, base::Language language) {
  std::vector<std::string> lines;
  for (auto const& decision : classification.decisions) lines.push_back(reason(decision, language));
  return lines;
}

}  // namespace umsops::cli::ticket
