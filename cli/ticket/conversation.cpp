// SPDX-License-Identifier: Apache-2.0
#include "cli/ticket/conversation.hpp"

#include <unistd.h>

#include "cli/ticket/ticket.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"

namespace umsops::cli {

namespace {

using base::Value;
using dialogue::Utterance;
using format::Format;

Value options_of(Utterance const& utterance) {
  Value::List list;
  for (auto const& option : utterance.options)
    list.emplace_back(Value::Object{{"key", option.key}, {"label", option.label}});
  return list;
}

/// The person on shift, as a bridge needs it; null: nobody was to come.
Value transfer_of(ConversationEnd const& end) {
  if (!end.filed || !end.filed->transfer) return {};
  return transfer_value(*end.filed->transfer);
}

}  // namespace

base::Value transcript_line(dialogue::Line const& line) {
  return Value::Object{{"at", line.at},
                       {"speaker", dialogue::to_string(line.said.speaker)},
                       {"text", line.said.text},
                       {"options", options_of(line.said)}};
}

base::Value transfer_value(desk::Transfer const& transfer) {
  return Value::Object{{"target", transfer.target},
                       {"person", base::text_or_null(transfer.person)},
                       {"display_name", base::text_or_null(transfer.display_name)},
                       {"phone", base::text_or_null(transfer.phone)},
                       {"email", base::text_or_null(transfer.email)},
                       {"until", transfer.until}};
}

/// Of a JSON line its text.
std::string words_in(Format format, std::string const& line, std::int64_t number) {
  if (format != Format::jsonl || !line.starts_with("{") || line.size() > kLongestLine) return line;
  std::string text;
  try {
    Value const value = base::parse_json(line, "-");
    auto const* members = value.get_if<Value::Object>();
    bool const sound = members != nullptr && members->size() == 1 && members->front().first == "text" &&
                       members->front().second.get_if<std::string>() != nullptr;
    if (!sound) throw base::Error(base::errors::json_invalid, {{"problem", "a line is {\"text\": \"...\"}, or plain"}});
    text = members->front().second.text();
  } catch (base::Error& error) {
    throw error.at({"-", number, 1});
  }
  return text;
}

Conversation::Conversation(Env& env, dialogue::Talk& talk, Format format) : env_(env), talk_(talk), format_(format) {}

void Conversation::show(std::vector<Utterance> const& said) {
  for (auto const& utterance : said) {
    if (format_ == Format::jsonl) {
      env_.out().write(base::to_json(Value::Object{{"speaker", dialogue::to_string(utterance.speaker)},
                                                   {"text", utterance.text},
                                                   {"options", options_of(utterance)},
                                                   {"state", dialogue::to_string(talk_.state())}}) +
                       "\n");
    } else if (env_.human()) {
      std::string text = utterance.text;
      for (auto const& option : utterance.options) text += "\n  " + option.key + "  " + option.label;
      env_.out().write(base::terminal_text(text, base::TextShape::block) + "\n");
    }
  }
  env_.out().flush();
}

void Conversation::say(std::string const& text) { show({Utterance{dialogue::Speaker::desk, text, {}}}); }

void Conversation::prompt(std::string_view text) {
  if (env_.human() && env_.terminal().input && env_.terminal().errors) write_all(2, text, "standard error");
}

void Conversation::run() {
  auto const& clock = env_.clock();
  show(talk_.begin(clock.now()));
  while (talk_.state() == dialogue::State::running) {
    prompt("> ");
    auto const line = input_.next();
    if (!line) {
      talk_.leave();
      return prompt("\n");
    }
    ++line_;
    show(talk_.hear(words_in(format_, *line, line_), clock.now()));
  }
}

Value conversation_document(dialogue::Flow const& flow, dialogue::Talk const& talk, ConversationEnd const& end) {
  Value::List answers, transcript;
  for (auto const& offered : talk.offered()) {
    answers.emplace_back(
        Value::Object{{"id", offered.id}, {"helped", offered.helped ? Value(*offered.helped) : Value()}});
  }
  for (auto const* lines : {&talk.transcript(), &end.live}) {
    for (auto const& line : *lines) transcript.push_back(transcript_line(line));
  }
  Value result, ticket, callback;
  Value::List warnings;
  if (end.filed) {
    result = desk::to_string(end.filed->ticket.result);
    for (auto const& warning : end.filed->ticket.warnings) warnings.emplace_back(warning);
    ticket = record::record_of(model::ticket_type().fields, to_row(end.filed->ticket.ticket));
    if (auto const& promised = end.filed->callback)
      callback = record::record_of(model::callback_type().fields, to_row(*promised));
  } else if (!end.spool_key.empty()) {
    result = "spooled";
  }
  return Value::Object{{"schema", "umsops.ticket.dialogue/v1"},
                       {"result", std::move(result)},
                       {"dry_run", end.dry_run},
                       {"state", dialogue::to_string(talk.state())},
                       {"channel", dialogue::to_string(flow.channel)},
                       {"flow", flow.file},
                       {"language", talk.language() == base::Language::zh ? "zh_CN" : "en"},
                       {"turns", std::int64_t{talk.turns()} + end.live_turns},
                       {"answers", std::move(answers)},
                       {"warnings", std::move(warnings)},
                       {"ticket", std::move(ticket)},
                       {"callback", std::move(callback)},
                       {"transfer", transfer_of(end)},
                       {"agent", base::text_or_null(end.agent)},
                       {"spool_key", base::text_or_null(end.spool_key)},
                       {"spool_path", base::text_or_null(end.spool_path)},
                       {"transcript", std::move(transcript)}};
}

}  // namespace umsops::cli
