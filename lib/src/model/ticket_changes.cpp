// SPDX-License-Identifier: Apache-2.0
#include "model/ticket_changes.hpp"

#include <algorithm>

#include "model/attributes.hpp"
#include "model/changes.hpp"

namespace umsops::model {
namespace {

/// Of these it is kept who decided: the caller, a rule, or a default.
constexpr std::string_view kDecidedFields[] = {"priority", "category", "subcategory", "service", "team"};

}  // namespace

std::vector<Change> changes_of_new(Ticket const& ticket) { return changes_of_new(ticket_type(), to_row(ticket)); }

std::vector<Change> changes_between(Ticket const& before, Ticket const& after) {
  return changes_between(ticket_type(), to_row(before), to_row(after));
}

void undo(Ticket& ticket, std::vector<Change> const& changes, std::vector<std::string>& erased) {
  undo(ticket_type(), changes, erased,
       [&](std::size_t field, base::Value const& before) { set(ticket, field, before); });
}

void note_decision(Ticket& ticket, std::string_view field, std::string_view value, std::string_view origin) {
  if (std::find(std::begin(kDecidedFields), std::end(kDecidedFields), field) == std::end(kDecidedFields)) return;
  auto& decisions = ticket.classification.decisions;
  auto decision = std::find_if(decisions.begin(), decisions.end(), [&](auto const& d) { return d.field == field; });
  if (decision == decisions.end()) {
    decision = decisions.emplace(decisions.end());
    decision->field = std::string(field);
  }
  decision->origin = std::string(origin);
  decision->value = std::string(value);
}

std::string carried_value(Ticket const& ticket, std::string_view field) {
  if (auto const place = ticket_type().find(field)) return std::string(get(ticket, *place).text());
  for (auto const& [name, value] : ticket.attributes) {
    if (field.starts_with(kAttributePrefix) && field.substr(kAttributePrefix.size()) == name) return value;
  }
  return {};
}

void give(Ticket& ticket, std::string_view field, std::string_view value) {
  if (!field.starts_with(kAttributePrefix)) return set(ticket, ticket_type().require(field), value);
  ticket.attributes.emplace_back(field.substr(kAttributePrefix.size()), value);
  std::sort(ticket.attributes.begin(), ticket.attributes.end());
}

}  // namespace umsops::model
