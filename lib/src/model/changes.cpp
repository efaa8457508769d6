// SPDX-License-Identifier: Apache-2.0
#include "model/changes.hpp"

#include <algorithm>

namespace umsops::model {
namespace {

using base::Value;

bool in_history(base::Field const& field) { return (field.traits & (base::kComputed | base::kUnlogged)) == 0; }

/// What the history knows of a field: of a derived one nothing.
Value history_value(base::RecordType const& type, base::Row const& row, std::size_t field) {
  return base::is_derived(type, row, field) ? Value() : row[field];
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

std::vector<Change> changes_of_new(base::RecordType const& type, base::Row const& row) {
  std::vector<Change> changes;
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    if (!in_history(type.fields[i])) continue;
    Value value = history_value(type, row, i);
    if (!says_nothing(value)) changes.push_back(change_of(type.fields[i], {}, std::move(value)));
  }
  return changes;
}

std::vector<Change> changes_between(base::RecordType const& type, base::Row const& before, base::Row const& after) {
  std::vector<Change> changes;
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    if (!in_history(type.fields[i])) continue;
    Value was = history_value(type, before, i), is = history_value(type, after, i);
    if (was != is) changes.push_back(change_of(type.fields[i], std::move(was), std::move(is)));
  }
  return changes;
}

void undo(base::RecordType const& type, std::vector<Change> const& changes, std::vector<std::string>& erased,
          std::function<void(std::size_t field, Value const& before)> const& set) {
  for (auto const& change : changes) {
    auto const field = type.find(change.field);
    if (!field) continue;
    std::erase(erased, change.field);
    if (change.erased) {
      erased.push_back(change.field);
    } else {
      set(*field, change.before);
    }
  }
}

void complete_first_event(base::RecordType const& type, std::vector<Event>& events, base::Row row) {
  auto const first = std::find_if(events.begin(), events.end(), [](Event const& event) { return event.first; });
  if (first == events.end()) return;
  std::vector<std::string> erased;
  auto const set = [&](std::size_t field, Value const& before) { row[field] = before; };
  for (auto later = events.end(); later != first + 1;) undo(type, (--later)->changes, erased, set);
  first->changes = changes_of_new(type, row);
  std::erase_if(first->changes, [&](Change const& change) {
    return std::find(erased.begin(), erased.end(), change.field) != erased.end();
  });
  for (auto& change : first->changes) change.after = logged(std::move(change.after));
  for (auto& field : erased) first->changes.push_back({std::move(field), {}, {}, true, true});
}

}  // namespace umsops::model
