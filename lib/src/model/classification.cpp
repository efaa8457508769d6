// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::model {

using base::Value;

FieldDecision const* Classification::find(std::string_view field) const {
  auto const found = std::find_if(decisions.begin(), decisions.end(), [&](auto const& d) { return d.field == field; });
  return found == decisions.end() ? nullptr : &*found;
}

Value to_value(Classification const& classification) {
  Value::List decisions;
  for (auto const& d : classification.decisions) {
    Value::List words(d.words.begin(), d.words.end());
    decisions.push_back(Value::Object{{"field", d.field},
                                      {"value", d.value.empty() ? Value() : Value(d.value)},
                                      {"origin", d.origin},
                                      {"suggested", d.suggested.empty() ? Value() : Value(d.suggested)},
                                      {"rule", d.rule.empty() ? Value() : Value(d.rule)},
                                      {"file", d.file.empty() ? Value() : Value(d.file)},
                                      {"line", d.line == 0 ? Value() : Value(d.line)},
                                      {"words", std::move(words)}});
  }
  return Value::Object{{"rules_version", classification.rules_version}, {"decisions", std::move(decisions)}};
}

namespace {

[[noreturn]] void refuse(std::string problem) {
  throw base::Error(base::errors::record_invalid, {{"field", "classification"}, {"problem", std::move(problem)}});
}

FieldDecision decision_from(Value const& value) {
  auto const* object = value.get_if<Value::Object>();
  if (!object) refuse("a decision is an object");
  FieldDecision d;
  for (auto const& [name, member] : *object) {
    std::string const text(member.text());
    if (name == "field") d.field = text;
    else if (name == "value") d.value = text;
    else if (name == "origin") d.origin = text;
    else if (name == "suggested") d.suggested = text;
    else if (name == "rule") d.rule = text;
    else if (name == "file") d.file = text;
    else if (name == "line") d.line = member.get_if<std::int64_t>() ? *member.get_if<std::int64_t>() : 0;
    else if (name == "words") {
      auto const* words = member.get_if<Value::List>();
      if (!words) refuse("words is a list");
      for (auto const& word : *words) d.words.emplace_back(word.text());
    } else {
      refuse("unknown member " + name.substr(0, 80));
    }
  }
  if (d.field.empty()) refuse("a decision has no field");
  return d;
}

}  // namespace

Classification classification_from(Value const& value) {
  Classification out;
  if (value.is_null()) return out;
  if (value.get_if<std::string>()) {
    if (value.text().empty()) return out;
    return classification_from(base::parse_json(value.text(), "classification"));
  }
  auto const* object = value.get_if<Value::Object>();
  if (!object) refuse("not an object");
  for (auto const& [name, member] : *object) {
    if (name == "rules_version") {
      out.rules_version = std::string(member.text());
    } else if (name == "decisions") {
      auto const* list = member.get_if<Value::List>();
      if (!list) refuse("decisions is a list");
      for (auto const& item : *list) out.decisions.push_back(decision_from(item));
    } else {
      refuse("unknown member " + name.substr(0, 80));
    }
  }
  return out;
}

}  // namespace umsops::model
