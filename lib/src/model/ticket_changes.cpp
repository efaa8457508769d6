// SPDX-License-Identifier: Apache-2.0
#include "model/ticket_changes.hpp"

#include <algorithm>

namespace umsops::model {
namespace {

using base::Value;

bool in_history(base::Field const& field) {
  static constexpr std::string_view kOut[] = {"id",         "ticket_number",  "created_at",
                                              "updated_at", "classification", "rev"};
  if (field.traits & base::kComputed) return false;
  return std::find(std::begin(kOut), std::end(kOut), field.name) == std::end(kOut);
}

/// What the history knows of a field: of a derived one nothing.
Value history_value(Ticket const& ticket, std::size_t field) {
  return is_derived(ticket_type().fields[field], ticket) ? Value() : get(ticket, field);
}

bool says_nothing(Value const& value) {
  auto const* object = value.get_if<Value::Object>();
  return value.is_null() || (object && object->empty());
}

Change change_of(base::Field const& field, Value before, Value after) {
  return {std::string(field.name), std::move(before), std::move(after), (field.traits & base::kPersonal) != 0, false};
}

/// As the log writes it.
Value logged(Value value) {
  if (auto const* at = value.get_if<base::TimePoint>()) return base::format_rfc3339(*at);
  return value;
}

}  // namespace

std::vector<Change> changes_of_new(Ticket const& ticket) {
  std::vector<Change> changes;
  auto const fields = ticket_type().fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!in_history(fields[i])) continue;
    Value value = history_value(ticket, i);
    if (!says_nothing(value)) changes.push_back(change_of(fields[i], {}, std::move(value)));
  }
  return changes;
}

std::vector<Change> changes_between(Ticket const& before, Ticket const& after) {
  std::vector<Change> changes;
  auto const fields = ticket_type().fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!in_history(fields[i])) continue;
    Value was = history_value(before, i), is = history_value(after, i);
    if (was != is) changes.push_back(change_of(fields[i], std::move(was), std::move(is)));
  }
  return changes;
}

void note_decision(Ticket& ticket, std::string_view field, std::string_view value, std::string_view origin) {
  if (field != "priority" && field != "category" && field != "subcategory") return;
  auto& decisions = ticket.classification.decisions;
  auto decision = std::find_if(decisions.begin(), decisions.end(), [&](auto const& d) { return d.field == field; });
  if (decision == decisions.end()) {
    decision = decisions.emplace(decisions.end());
    decision->field = std::string(field);
  }
  decision->origin = std::string(origin);
  decision->value = std::string(value);
}

void undo(Ticket& ticket, std::vector<Change> const& changes, std::vector<std::string>& erased) {
  for (auto const& change : changes) {
    auto const field = ticket_type().find(change.field);
    if (!field) continue;
    std::erase(erased, change.field);
    if (change.erased) {
      erased.push_back(change.field);
    } else {
      set(ticket, *field, change.before);
    }
  }
}

void complete_first_event(std::vector<Event>& events, Ticket ticket) {
  auto const first = std::find_if(events.begin(), events.end(), [](Event const& event) { return event.first; });
  if (first == events.end()) return;
  std::vector<std::string> erased;
  for (auto later = events.end(); later != first + 1;) undo(ticket, (--later)->changes, erased);
  first->changes = changes_of_new(ticket);
  std::erase_if(first->changes, [&](Change const& change) {
    return std::find(erased.begin(), erased.end(), change.field) != erased.end();
  });
  for (auto& change : first->changes) change.after = logged(std::move(change.after));
  for (auto& field : erased) first->changes.push_back({std::move(field), {}, {}, true, true});
}

}  // namespace umsops::model
