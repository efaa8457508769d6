// SPDX-License-Identifier: Apache-2.0
#include "format/writers.hpp"
#include "umsops/base/chinese.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/text.hpp"

namespace umsops::format {

using base::Value;

void write_document(Sink& sink, Style const& style, Value const& document) {
  if (style.format == Format::json || style.format == Format::jsonl) {
    sink.write(base::to_json(document) + "\n");
    return;
  }
  if (style.format == Format::tpl) return write_shaped(sink, style, document);
  std::string text;
  auto const* object = document.get_if<Value::Object>();
  append_yaml(text, document, 0);
  // A nested value begins behind a name: with a blank, or on the next line.
  if (!object || object->empty() || text.starts_with('\n')) text.erase(0, 1);
  sink.write(style.format == Format::yaml ? text : base::terminal_text(text, base::TextShape::block));
}

namespace {

/// What a detail says for people is in their language; all else in it is for programs.
Value told_in(Value detail, base::Language language) {
  auto* const members = language == base::Language::zh ? detail.get_if<Value::Object>() : nullptr;
  if (members == nullptr) return detail;
  for (auto& [name, value] : *members) {
    if ((name == "message" || name == "problem") && value.get_if<std::string>()) value = base::in_chinese(value.text());
  }
  return detail;
}

}  // namespace

Value error_document(base::Error const& error, int exit_code, base::Language language) {
  Value::List details;
  for (auto const& detail : error.details()) details.push_back(told_in(detail, language));
  Value::Object inner{{"code", error.code().code},
                      {"exit", exit_code},
                      {"message", error.message(language)},
                      {"lang", language == base::Language::zh ? "zh_CN" : "en"},
                      {"hint", error.hint(language).empty() ? Value() : Value(error.hint(language))},
                      {"retryable", error.code().retryable},
                      {"details", std::move(details)},
                      {"stored", error.stored() ? Value(*error.stored()) : Value()}};
  auto const& spot = error.spot();
  Value source;
  if (!spot.file.empty()) {
    source.add("file", spot.file);
    source.add("line", spot.line > 0 ? Value(spot.line) : Value());
    source.add("column", spot.column > 0 ? Value(spot.column) : Value());
  }
  inner.emplace_back("source", std::move(source));
  return Value::Object{{"schema", "umsops.error/v1"}, {"error", std::move(inner)}};
}

}  // namespace umsops::format
