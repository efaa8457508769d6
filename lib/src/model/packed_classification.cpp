// SPDX-License-Identifier: Apache-2.0
#include "model/packed_classification.hpp"

#include <algorithm>
#include <span>
#include <string>

#include "model/attributes.hpp"
#include "model/refusal.hpp"
#include "umsops/base/number.hpp"

namespace umsops::model {
namespace {

using base::Value;

struct Short {
  std::string_view letter, word;
};
// FROZEN: stored
constexpr Short kFields[] = {{"p", "priority"}, {"c", "category"}, {"s", "subcategory"}};
constexpr Short kOrigins[] = {{"c", "caller"}, {"r", "rule"}, {"d", "default"},
                              {"i", "import"}, {"h", "hook"}, {"m", "model"}};
constexpr Short kDoubts[] = {{"l", "low-probability"}, {"u", "unfamiliar-text"}, {"s", "suggest-only"}};
constexpr char kBetween = '\x1f';                                ///< between versions: no text of a record has it
constexpr std::size_t kModel = 5, kProbability = 6, kDoubt = 7;  ///< places in a decision's list
constexpr char kInFull = '.';                                    ///< stands before a word that has no letter

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

/// In thousandths: more is chance.
std::string thousandths(Value const& probability) {
  auto const* p = probability.get_if<double>();
  auto const* whole = probability.get_if<std::int64_t>();
  return std::to_string(p ? static_cast<int>(*p * 1000 + 0.5) : whole ? static_cast<int>(*whole * 1000) : 0);
}

Value packed_decision(Value const& decision, base::RecordType const& type, base::Row const& row) {
  std::string_view const field = member(decision, "field"), value = member(decision, "value");
  std::string_view const origin = member(decision, "origin"), suggested = member(decision, "suggested");
  constexpr std::string_view kNone;
  Value::List list{shortened(kFields, field), shortened(kOrigins, origin), member(decision, "rule"),
                   origin == "rule" && suggested == value ? kNone : suggested,
                   value == carried(type, row, field) ? kNone : value};
  if (std::string_view const model = member(decision, "model"); !model.empty()) {
    Value const* const probability = decision.find("probability");
    std::string_view const doubt = member(decision, "doubt");
    list.emplace_back(model);
    list.emplace_back(probability ? thousandths(*probability) : "0");
    list.emplace_back(doubt.empty() ? std::string() : shortened(kDoubts, doubt));
  }
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
  if (list->size() <= kProbability) return out;
  out.emplace_back("model", text(kModel));
  auto const probability = base::parse_integer(text(kProbability), 0, 1000);
  out.emplace_back("probability", static_cast<double>(probability.value_or(0)) / 1000);
  if (!text(kDoubt).empty()) out.emplace_back("doubt", lengthened(kDoubts, text(kDoubt)));
  return out;
}

}  // namespace

Value packed_classification(Value const& classification, base::RecordType const& type, base::Row const& row) {
  if (classification.is_null()) return {};
  Value const* const decisions = classification.find("decisions");
  auto const* list = decisions ? decisions->get_if<Value::List>() : nullptr;
  std::string versions(member(classification, "rules_version"));
  if (auto const model = member(classification, "model_version"); !model.empty()) (versions += kBetween) += model;
  Value::List out{versions};
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
  std::string_view const versions = list->front().text();
  auto const end = std::min(versions.find(kBetween), versions.size());
  Value::Object out{{"rules_version", versions.substr(0, end)}};
  if (end < versions.size()) out.emplace_back("model_version", versions.substr(end + 1));
  out.emplace_back("decisions", std::move(decisions));
  return out;
}

}  // namespace umsops::model
