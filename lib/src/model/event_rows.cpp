// SPDX-License-Identifier: Apache-2.0
#include "model/event_rows.hpp"

#include "umsops/model/person.hpp"

#include <algorithm>

#include "model/refusal.hpp"
#include "model/ticket_changes.hpp"

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

/// Minutes to the resolution, as the verb that resolves counts them.
void count_resolution(Ticket& ticket) {
  ticket.resolution_time_minutes.reset();
  if (!ticket.resolved_at || *ticket.resolved_at < ticket.created_at) return;
  ticket.resolution_time_minutes =
      std::chrono::duration_cast<std::chrono::minutes>(*ticket.resolved_at - ticket.created_at).count();
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

Ticket EventRows::state_after(Value const& row, base::TimePoint at) {
  said_ = apply(mapping_, row, said_);
  Ticket ticket = start_;
  ticket.created_at = at;  // unless a column says better
  bool status = false, minutes = false;
  for (auto const& [name, value] : *said_.get_if<Value::Object>()) {
    auto const mapped = std::find_if(mapping_.fields.begin(), mapping_.fields.end(),
                                     [&n = name](auto const& f) { return f.field == n; });
    if (mapped != mapping_.fields.end() && mapped->once_passed && !is_past_of(at, value)) continue;
    set(ticket, ticket_type().require(name), value);
    status = status || name == "status";
    minutes = minutes || name == "resolution_time_minutes";
  }
  if (last_) ticket.created_at = now_.created_at;  // when it was filed does not change
  if (!status && !ticket.assignee_id.empty()) ticket.status = TicketStatus::assigned;
  if (!minutes) count_resolution(ticket);
  ticket.updated_at = std::max(at, ticket.created_at);
  return ticket;
}

void EventRows::add(Value const& row) {
  auto const at = event_time(mapping_, row);
  if (last_ && at < *last_ && !mapping_.events->as_given)
    refuse(mapping_.events->at, "earlier than in the row before; 'order: time' puts rows in order");
  Ticket after = state_after(row, at);
  Event event;
  event.at = at;
  if (!mapping_.events->actor.empty()) event.actor.name = cell_text(mapping_, row, mapping_.events->actor);
  if (event.actor.name.size() > kLongestPerson)
    refuse(mapping_.events->actor, "longer than " + std::to_string(kLongestPerson) + " bytes");
  event.actor.command = "ticket import";
  event.kind = last_ ? kind_of(now_, after) : "imported";
  event.changes = last_ ? changes_between(now_, after) : changes_of_new(after);
  bool const first = !last_;
  last_ = at;
  if (!first && event.changes.empty()) return;
  event.rev = after.rev = static_cast<std::int64_t>(history_.size()) + 1;
  history_.push_back(std::move(event));
  now_ = std::move(after);
}

Value EventRows::record() const {
  Value::Object out;
  auto const& type = ticket_type();
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

}  // namespace umsops::model
