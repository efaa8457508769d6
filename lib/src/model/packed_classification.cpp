// SPDX-License-Identifier: Apache-2.0
#include "model/packed_classification.hpp"

#include <span>
#include <string>

#include "model/attributes.hpp"
#include "model/refusal.hpp"

namespace umsops::model {
namespace {

using base::Value;

struct Short {
  std::string_view letter, word;
};
// FROZEN: stored
constexpr Short kFields[] = {{"p", "priority"}, {"c", "category"}, {"s", "subcategory"}};
constexpr Short kOrigins[] = {{"c", "caller"}, {"r", "rule"}, {"d", "default"}, {"i", "import"}, {"h", "hook"}};
constexpr char kInFull = '.';  ///< stands before a word that has no letter

std::string shortened(std::span<Short const> words, std::string_view word) {
  for (Short const& known : words) {
    if (known.word == word) return std::string(known.letter);
  }
  return kInFull + std::string(word);
}

std::string lengthened(std::span<Short const> words, std::string_view letter) {
  if (letter.starts_with(kInFull)) return std::string(letter.substr(1));
  for (Short const& known : words) {
    if (known.letter == letter) return std::string(known.word);
  }
  refuse("classification", "unknown letter " + echo(letter));
}

std::string_view member(Value const& object, std::string_view name) {
  Value const* const found = object.find(name);
  return found ? found->text() : std::string_view();
}

/// What the record carries in a field or an attribute of that name.
std::string_view carried(base::RecordType const& type, base::Row const& row, std::string_view name) {
  if (auto const field = type.find(name)) return row[*field].text();
  auto const attributes = type.find("attributes");
  if (!attributes || !name.starts_with(kAttributePrefix)) return {};
  return member(row[*attributes], name.substr(kAttributePrefix.size()));
}

Value packed_decision(Value const& decision, base::RecordType const& type, base::Row const& row) {
  std::string_view const field = member(decision, "field"), value = member(decision, "value");
  std::string_view const origin = member(decision, "origin"), suggested = member(decision, "suggested");
  constexpr std::string_view kNone;
  Value::List list{shortened(kFields, field), shortened(kOrigins, origin), member(decision, "rule"),
                   origin == "rule" && suggested == value ? kNone : suggested,
                   value == carried(type, row, field) ? kNone : value};
  while (list.back().text().empty()) list.pop_back();
  return list;
}

Value unpacked_decision(Value const& packed) {
  auto const* list = packed.get_if<Value::List>();
  if (!list || list->size() < 2) refuse("classification", "a decision is no list");
  auto const text = [&](std::size_t i) { return i < list->size() ? (*list)[i].text() : std::string_view(); };
  Value::Object out{{"field", lengthened(kFields, text(0))}, {"origin", lengthened(kOrigins, text(1))}};
  if (!text(2).empty()) out.emplace_back("rule", text(2));
  if (!text(3).empty()) out.emplace_back("suggested", text(3));
  if (!text(4).empty()) out.emplace_back("value", text(4));
  return out;
}

}  // namespace

Value packed_classification(Value const& classification, base::RecordType const& type, base::Row const& row) {
  if (classification.is_null()) return {};
  Value const* const decisions = classification.find("decisions");
  auto const* list = decisions ? decisions->get_if<Value::List>() : nullptr;
  Value::List out{member(classification, "rules_version")};
  if (list) {
    for (Value const& decision : *list) out.push_back(packed_decision(decision, type, row));
  }
  if (out.size() == 1 && out.front().text().empty()) return {};
  return out;
}

Value unpacked_classification(Value const& packed) {
  auto const* list = packed.get_if<Value::List>();
  if (!list || list->empty()) refuse("classification", "not a list");
  Value::List decisions;
  for (std::size_t i = 1; i < list->size(); ++i) decisions.push_back(unpacked_decision((*list)[i]));
  return Value::Object{{"rules_version", list->front()}, {"decisions", std::move(decisions)}};
}

}  // namespace umsops::model
