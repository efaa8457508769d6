// SPDX-License-Identifier: Apache-2.0
#include "config/rule_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "config/problems.hpp"
#include "rules/target.hpp"
#include "umsops/base/number.hpp"
#include "umsops/base/text.hpp"

namespace umsops::config {
namespace {

bool is_attribute(base::RecordType const& type, std::string_view name, base::SourceSpot const& spot) {
  if (!rules::attribute_in(type, name)) return false;
  if (!rules::is_attribute(type, name)) {
    throw invalid(spot, fmt::format("{} is no attribute name", echo(name)),
                  "lower-case letters, digits and _, beginning with a letter, at most 64");
  }
  return true;
}

std::vector<std::string_view> fact_names(base::RecordType const& type) {
  std::vector<std::string_view> names;
  for (auto const& field : type.fields) {
    bool const plain = field.type != base::FieldType::object && field.type != base::FieldType::list;
    if (plain && !(field.traits & base::kComputed)) names.push_back(field.name);
  }
  return names;
}

std::string choice_for(base::Field const& field, std::string_view text, base::SourceSpot const& spot) {
  if (auto const choice = rules::choice_of(field, text)) return std::string(*choice);
  throw invalid(spot, fmt::format("{} is no {}", echo(text), field.name),
                fmt::format("one of: {}", fmt::join(field.choices, ", ")));
}

}  // namespace

void require_settable(rules::Target const& target, std::string_view field, base::SourceSpot const& spot) {
  if (is_attribute(target.type, field, spot) || rules::is_decided(target, field)) return;
  std::string const best = base::nearest(field, target.decided);
  std::string const attributes = target.type.find("attributes") ? ", attributes.NAME" : "";
  throw invalid(spot, fmt::format("{} is no field that a rule can set", echo(field)),
                best.empty() ? fmt::format("one of: {}{}", fmt::join(target.decided, ", "), attributes)
                             : "did you mean " + best + "?");
}

void require_fact(rules::Target const& target, std::string_view fact, base::SourceSpot const& spot) {
  if (is_attribute(target.type, fact, spot) || rules::is_of_requester(target.type, fact)) return;
  auto const names = fact_names(target.type);
  if (std::find(names.begin(), names.end(), fact) != names.end()) return;
  std::string const best = base::nearest(fact, names);
  throw invalid(spot, fmt::format("{} has no field {}", target.type.noun, echo(fact)),
                !best.empty()                          ? "did you mean " + best + "?"
                : rules::find_target(target.type.noun) ? fmt::format("see: umsops fields {}", target.type.noun)
                                                       : fmt::format("one of: {}", fmt::join(names, ", ")));
}

std::string value_for(base::RecordType const& type, std::string_view name, std::string_view text,
                      base::SourceSpot const& spot) {
  base::Field const* const field = rules::field_of(type, name);
  if (field && !field->choices.empty()) return choice_for(*field, text, spot);
  if (field && field->type == base::FieldType::integer && !base::parse_integer(text, INT64_MIN, INT64_MAX))
    throw invalid(spot, fmt::format("{}: {} is no whole number", name, echo(text)));
  bool const block = field && field->type == base::FieldType::block;
  std::size_t const longest = field ? field->max_length : 0;
  if (auto const fault = base::text_fault(text, block ? base::TextShape::block : base::TextShape::line, longest)) {
    throw invalid(spot, fmt::format("{}: {}", name, *fault));
  }
  return field && (field->traits & base::kPerson) ? base::person_name(text) : std::string(text);
}

}  // namespace umsops::config
