// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "model/refusal.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::model {

using base::Value;

FieldDecision const* Classification::find(std::string_view field) const {
  auto const found = std::find_if(decisions.begin(), decisions.end(), [&](auto const& d) { return d.field == field; });
  return found == decisions.end() ? nullptr : &*found;
}

namespace {

// An initializer list would copy every member once more.
Value::Object object_of(FieldDecision const& decision) {
  using base::text_or_null;
  Value::Object out;
  out.reserve(11);
  out.emplace_back("field", decision.field);
  out.emplace_back("value", text_or_null(decision.value));
  out.emplace_back("origin", decision.origin);
  out.emplace_back("suggested", text_or_null(decision.suggested));
  out.emplace_back("rule", text_or_null(decision.rule));
  out.emplace_back("file", text_or_null(decision.file));
  out.emplace_back("line", decision.line == 0 ? Value() : Value(decision.line));
  out.emplace_back("words", Value::List(decision.words.begin(), decision.words.end()));
  if (decision.model.empty()) return out;
  out.emplace_back("model", decision.model);
  out.emplace_back("probability", decision.probability);
  out.emplace_back("doubt", text_or_null(decision.doubt));
  return out;
}

}  // namespace

Value to_value(Classification const& classification) {
  Value::List decisions;
  decisions.reserve(classification.decisions.size());
  for (auto const& decision : classification.decisions) decisions.emplace_back(object_of(decision));
  Value::Object out;
  out.reserve(3);
  out.emplace_back("rules_version", classification.rules_version);
  if (!classification.model_version.empty()) out.emplace_back("model_version", classification.model_version);
  out.emplace_back("decisions", std::move(decisions));
  return out;
}

namespace {

constexpr std::string_view kField = "classification";

/// A text, or null where there is none.
std::string text_of(std::string_view name, Value const& value) {
  if (!value.is_null() && !value.get_if<std::string>()) refuse(kField, std::string(name) + " is not a text");
  return std::string(value.text());
}

std::int64_t line_of(Value const& value) {
  if (value.is_null()) return 0;
  auto const* line = value.get_if<std::int64_t>();
  if (!line || *line < 1) refuse(kField, "line is not a number from 1");
  return *line;
}

Value::List const& list_of(std::string_view name, Value const& value) {
  auto const* list = value.get_if<Value::List>();
  if (!list) refuse(kField, std::string(name) + " is not a list");
  return *list;
}

double probability_of(Value const& value) {
  double p = -1;
  if (auto const* decimal = value.get_if<double>()) p = *decimal;
  if (auto const* whole = value.get_if<std::int64_t>()) p = static_cast<double>(*whole);
  if (!(p >= 0 && p <= 1)) refuse(kField, "probability is not a number from 0 to 1");
  return p;
}

struct TextMember {
  std::string_view name;
  std::string FieldDecision::*member;
};
constexpr TextMember kTexts[] = {{"field", &FieldDecision::field},   {"value", &FieldDecision::value},
                                 {"origin", &FieldDecision::origin}, {"suggested", &FieldDecision::suggested},
                                 {"rule", &FieldDecision::rule},     {"file", &FieldDecision::file},
                                 {"model", &FieldDecision::model},   {"doubt", &FieldDecision::doubt}};

void take_member(FieldDecision& decision, std::string_view name, Value const& value) {
  for (auto const& known : kTexts) {
    if (known.name == name) {
      decision.*known.member = text_of(name, value);
      return;
    }
  }
  if (name == "line") {
    decision.line = line_of(value);
  } else if (name == "probability") {
    decision.probability = probability_of(value);
  } else if (name == "words") {
    for (auto const& word : list_of(name, value)) {
      if (!word.get_if<std::string>()) refuse(kField, "a word is not a text");
      decision.words.emplace_back(word.text());
    }
  } else {
    refuse(kField, "unknown member " + echo(name));
  }
}

FieldDecision decision_from(Value const& value) {
  auto const* object = value.get_if<Value::Object>();
  if (!object) refuse(kField, "a decision is not an object");
  FieldDecision decision;
  for (auto const& [name, member] : *object) take_member(decision, name, member);
  if (decision.field.empty()) refuse(kField, "a decision has no field");
  return decision;
}

Value parsed(std::string_view text) {
  try {
    return base::parse_json(text, kField);
  } catch (base::Error const& error) {
    refuse(kField, error.message());
  }
}

}  // namespace

Classification classification_from(Value const& value) {
  if (value.is_null()) return {};
  if (value.get_if<std::string>()) {
    return value.text().empty() ? Classification() : classification_from(parsed(value.text()));
  }
  auto const* object = value.get_if<Value::Object>();
  if (!object) refuse(kField, "not an object");
  Classification out;
  for (auto const& [name, member] : *object) {
    if (name == "rules_version") {
      out.rules_version = text_of(name, member);
    } else if (name == "model_version") {
      out.model_version = text_of(name, member);
    } else if (name == "decisions") {
      for (auto const& item : list_of(name, member)) out.decisions.push_back(decision_from(item));
    } else {
      refuse(kField, "unknown member " + echo(name));
    }
  }
  return out;
}

}  // namespace umsops::model
