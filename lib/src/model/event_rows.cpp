// SPDX-License-Identifier: Apache-2.0
#include "model/event_rows.hpp"

#include "umsops/model/person.hpp"

#include <algorithm>

#include "model/changes.hpp"
#include "model/refusal.hpp"

namespace umsops::model {
namespace {

using base::Value;

/// What an event is called, by what it did.
std::string kind_of(Ticket const& before, Ticket const& after) {
  if (before.status != after.status) {
    if (!is_open(before.status) && is_open(after.status)) return "reopened";
    switch (after.status) {
      case TicketStatus::resolved:
        return "resolved";
      case TicketStatus::closed:
        return "closed";
      case TicketStatus::spam:
        return "spam";
      case TicketStatus::pending:
        return "pended";
      case TicketStatus::escalated:
        return "escalated";
      default:
        break;
    }
  }
  if (before.assignee_id != after.assignee_id) return after.assignee_id.empty() ? "released" : "assigned";
  return "updated";
}

std::string kind_of(Incident const& before, Incident const& after) {
  if (before.status != after.status) {
    if (!is_open(before.status) && is_open(after.status)) return "reopened";
    switch (after.status) {
      case IncidentStatus::recovered:
        return "recovered";
      case IncidentStatus::resolved:
        return "resolved";
      case IncidentStatus::closed:
        return "closed";
      case IncidentStatus::in_progress:
        return "started";
      default:
        break;
    }
  }
  if (before.assigned_to != after.assigned_to) return after.assigned_to.empty() ? "released" : "assigned";
  return "updated";
}

/// As an export writes it: times are text.
Value logged(Value value) {
  if (auto const* at = value.get_if<base::TimePoint>()) return base::format_rfc3339(*at);
  return value;
}

Value event_value(Event const& event) {
  Value::Object changes;
  for (auto const& change : event.changes) {
    changes.emplace_back(change.field, Value::List{logged(change.before), logged(change.after)});
  }
  return Value::Object{{"at", event.at},     {"actor", event.actor.name}, {"command", event.actor.command},
                       {"kind", event.kind}, {"rev", event.rev},          {"changes", std::move(changes)}};
}

bool is_past_of(base::TimePoint at, Value const& value) {
  auto const* time = value.get_if<base::TimePoint>();
  auto const read = time ? std::optional(*time) : base::parse_rfc3339(value.text());
  return read && *read <= at;
}

/// What follows from the fields that rows say, as verbs would have it. Minutes to the resolution unless a row says
/// them.
void complete(Ticket& ticket, bool status, bool minutes) {
  if (!status && !ticket.assignee_id.empty()) ticket.status = TicketStatus::assigned;
  if (minutes) return;
  ticket.resolution_time_minutes.reset();
  if (!ticket.resolved_at || *ticket.resolved_at < ticket.created_at) return;
  ticket.resolution_time_minutes =
      std::chrono::duration_cast<std::chrono::minutes>(*ticket.resolved_at - ticket.created_at).count();
}

void complete(Incident& incident, bool status, bool) {
  if (!status && !incident.assigned_to.empty()) incident.status = IncidentStatus::assigned;
}

/// Whether a column says the field itself.
bool maps(ImportMapping const& mapping, std::string_view name) {
  return std::any_of(mapping.fields.begin(), mapping.fields.end(),
                     [&](FieldMapping const& field) { return field.field == name; });
}

/// When it was resolved and closed, and how often it came back, from the moves that the rows tell of. What a column
/// says itself is left to it, also where it says nothing.
template <class Record>
void follow_moves(Record& record, Record const* before, base::TimePoint at, ImportMapping const& mapping) {
  auto const silent = [&](std::string_view name) { return !maps(mapping, name); };
  using Status = decltype(record.status);
  bool const was_open = !before || is_open(before->status);
  bool const reopened = !was_open && is_open(record.status);
  if (silent("resolved_at")) {
    record.resolved_at = before && !reopened ? before->resolved_at : std::nullopt;
    if (record.status == Status::resolved && (was_open || !record.resolved_at)) record.resolved_at = at;
  }
  if (silent("closed_at")) {
    record.closed_at.reset();
    if (record.status == Status::closed) record.closed_at = before && before->closed_at ? before->closed_at : at;
  }
  if (silent("reopen_count")) record.reopen_count = (before ? before->reopen_count : 0) + (reopened ? 1 : 0);
}

base::RecordType const& type_of(Ticket const&) { return ticket_type(); }
base::RecordType const& type_of(Incident const&) { return incident_type(); }

/// When it was filed, which does not change.
void begin_at(Ticket& ticket, base::TimePoint at) { ticket.created_at = at; }
void begin_at(Incident& incident, base::TimePoint at) { incident.created_at = incident.detected_at = at; }
void begin_as(Ticket& ticket, Ticket const& before) { ticket.created_at = before.created_at; }
void begin_as(Incident& incident, Incident const& before) {
  incident.created_at = before.created_at;
  incident.detected_at = before.detected_at;
}

}  // namespace

std::string record_name(ImportMapping const& mapping, Value const& row) {
  std::string name;
  bool any = false;
  for (auto const& column : mapping.events->by) {
    std::string const text = cell_text(mapping, row, column);
    any = any || !text.empty();
    name += (name.empty() ? "" : "\n") + text;
  }
  return any ? name : std::string();
}

base::TimePoint event_time(ImportMapping const& mapping, Value const& row) {
  auto const& events = *mapping.events;
  return mapped_time(mapping, events.at, cell_text(mapping, row, events.at), events.time_format);
}

template <class Record>
Record EventRows<Record>::state_after(Value const& row, base::TimePoint at) {
  said_ = apply(mapping_, row, said_);
  Record record = start_;
  begin_at(record, at);  // unless a column says better
  bool status = false, minutes = false;
  for (auto const& [name, value] : *said_.get_if<Value::Object>()) {
    auto const mapped = std::find_if(mapping_.fields.begin(), mapping_.fields.end(),
                                     [&n = name](auto const& f) { return f.field == n; });
    if (mapped != mapping_.fields.end() && mapped->once_passed && !is_past_of(at, value)) continue;
    set(record, type_of(record).require(name), value);
    status = status || name == "status";
    minutes = minutes || name == "resolution_time_minutes";
  }
  if (last_) begin_as(record, now_);
  if (maps(mapping_, "status")) follow_moves(record, last_ ? &now_ : nullptr, at, mapping_);
  complete(record, status, minutes);
  record.updated_at = std::max(at, record.created_at);
  return record;
}

template <class Record>
void EventRows<Record>::add(Value const& row) {
  auto const at = event_time(mapping_, row);
  if (last_ && at < *last_ && !mapping_.events->as_given)
    refuse(mapping_.events->at, "earlier than in the row before; 'order: time' puts rows in order");
  Record after = state_after(row, at);
  Event event;
  event.at = at;
  if (!mapping_.events->actor.empty()) event.actor.name = cell_text(mapping_, row, mapping_.events->actor);
  if (event.actor.name.size() > kLongestPerson)
    refuse(mapping_.events->actor, "longer than " + std::to_string(kLongestPerson) + " bytes");
  event.actor.command = std::string(type_of(after).noun) + " import";
  event.kind = last_ ? kind_of(now_, after) : "imported";
  auto const& type = type_of(after);
  event.changes = last_ ? changes_between(type, to_row(now_), to_row(after)) : changes_of_new(type, to_row(after));
  bool const first = !last_;
  last_ = at;
  if (!first && event.changes.empty()) return;
  event.rev = after.rev = static_cast<std::int64_t>(history_.size()) + 1;
  history_.push_back(std::move(event));
  now_ = std::move(after);
}

template <class Record>
Value EventRows<Record>::record() const {
  Value::Object out;
  auto const& type = type_of(now_);
  auto const row = to_row(now_);
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    auto const& field = type.fields[i];
    if ((field.traits & base::kComputed) != 0 || base::is_derived(type, row, i) || field.name == "classification")
      continue;
    if (!row[i].is_null()) out.emplace_back(field.name, row[i]);
  }
  Value::List history;
  for (auto const& event : history_) history.push_back(event_value(event));
  out.emplace_back("history", std::move(history));
  return out;
}

template class EventRows<Ticket>;
template class EventRows<Incident>;

}  // namespace umsops::model
