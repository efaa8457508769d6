// SPDX-License-Identifier: Apache-2.0
#include "config/rule_fields.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "config/problems.hpp"
#include "model/attributes.hpp"
#include "umsops/base/text.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::config {
namespace {

constexpr std::string_view kSettable[] = {"category", "subcategory", "priority", "assignee_id"};
constexpr std::string_view kAttribute = "attributes.";

bool is_attribute(std::string_view field, base::SourceSpot const& spot) {
  if (!field.starts_with(kAttribute)) return false;
  if (!model::is_attribute_name(field.substr(kAttribute.size()))) {
    throw invalid(spot, fmt::format("{} is no attribute name", echo(field)),
                  "lower-case letters, digits and _, beginning with a letter, at most 64");
  }
  return true;
}

std::vector<std::string_view> fact_names() {
  std::vector<std::string_view> names;
  for (auto const& field : model::ticket_type().fields) {
    bool const plain = field.type != base::FieldType::object && field.type != base::FieldType::list;
    if (plain && !(field.traits & base::kComputed)) names.push_back(field.name);
  }
  return names;
}

base::Field const* ticket_field(std::string_view name) {
  auto const index = model::ticket_type().find(name);
  return index ? &model::ticket_type().fields[*index] : nullptr;
}

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

std::string choice_for(base::Field const& field, std::string_view text, base::SourceSpot const& spot) {
  for (auto const choice : field.choices) {
    if (std::equal(choice.begin(), choice.end(), text.begin(), text.end(),
                   [](char a, char b) { return upper(a) == upper(b); })) {
      return std::string(choice);
    }
  }
  throw invalid(spot, fmt::format("{} is no {}", echo(text), field.name),
                fmt::format("one of: {}", fmt::join(field.choices, ", ")));
}

}  // namespace

void require_settable(std::string_view field, base::SourceSpot const& spot) {
  if (std::find(std::begin(kSettable), std::end(kSettable), field) != std::end(kSettable)) return;
  if (is_attribute(field, spot)) return;
  std::string const best = base::nearest(field, kSettable);
  throw invalid(spot, fmt::format("{} is no field that a rule can set", echo(field)),
                best.empty() ? "one of: category, subcategory, priority, assignee_id, attributes.NAME"
                             : "did you mean " + best + "?");
}

void require_fact(std::string_view fact, base::SourceSpot const& spot) {
  if (is_attribute(fact, spot)) return;
  auto const names = fact_names();
  if (std::find(names.begin(), names.end(), fact) != names.end()) return;
  std::string const best = base::nearest(fact, names);
  throw invalid(spot, fmt::format("a ticket has no field {}", echo(fact)),
                best.empty() ? "see: umsops fields ticket" : "did you mean " + best + "?");
}

std::string value_for(std::string_view field, std::string_view text, base::SourceSpot const& spot) {
  base::Field const* const known = ticket_field(field);
  if (known && !known->choices.empty()) return choice_for(*known, text, spot);
  bool const block = known && known->type == base::FieldType::block;
  if (auto const problem = base::check_text(text, block ? base::TextShape::block : base::TextShape::line)) {
    throw invalid(spot, fmt::format("{}: {}", field, problem->what));
  }
  if (known && known->max_length > 0 && base::code_points(text) > known->max_length) {
    throw invalid(spot, fmt::format("{} has at most {} characters", field, known->max_length));
  }
  return std::string(text);
}

}  // namespace umsops::config
