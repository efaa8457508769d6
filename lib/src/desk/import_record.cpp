// SPDX-License-Identifier: Apache-2.0
#include "desk/import_record.hpp"

#include "desk/import_values.hpp"
#include "umsops/model/limits.hpp"

namespace umsops::desk {
namespace {

using base::Value;

model::Event event_from(Value const& object, base::RecordType const& type) {
  static auto const kMembers = field_names(model::event_type());
  refuse_unknown_members(object, "event", kMembers);
  model::Event event;
  event.at = time_of(object, "at");
  event.actor = {person_of(object, "actor"), text_of(object, "login", 100), text_of(object, "command", 64)};
  event.noun = std::string(type.noun);
  event.kind = text_of(object, "kind", 32);
  event.reason = text_of(object, "reason", model::kLongestText);  // older desks had no limit
  event.rules_version = text_of(object, "rules_version", 64);
  if (Value const* const given = object.find("given_time")) event.given_time = *given == Value(true);
  Value const* const rev = object.find("rev");
  auto const* number = rev ? rev->get_if<std::int64_t>() : nullptr;
  if (!number || *number < 1 || event.kind.empty()) refuse_member("history", "an entry has no kind or no rev");
  event.rev = *number;
  if (Value const* const changes = object.find("changes")) event.changes = model::changes_from_value(*changes);
  for (auto& change : event.changes) {
    auto const field = type.find(change.field);
    change.personal = field && (type.fields[*field].traits & base::kPersonal) != 0;
  }
  return event;
}

model::Event ticket_event_from(Value const& object) { return event_from(object, model::ticket_type()); }
model::Event incident_event_from(Value const& object) { return event_from(object, model::incident_type()); }
model::Event article_event_from(Value const& object) { return event_from(object, model::article_type()); }

using ReadEvent = model::Event (*)(Value const& object);
ReadEvent event_reader(std::string_view noun) {
  if (noun == model::ticket_type().noun) return &ticket_event_from;
  return noun == model::incident_type().noun ? &incident_event_from : &article_event_from;
}

model::Response response_from(Value const& object) {
  static auto const kMembers = field_names(model::response_type());
  refuse_unknown_members(object, "response", kMembers);
  model::Response response;
  response.id = text_of(object, "id", 26);
  response.responder_id = person_of(object, "responder_id");
  response.content = text_of(object, "content", model::kLongestText);
  response.response_type = text_of(object, "response_type", 16);
  if (response.response_type != "INTERNAL" && response.response_type != "EXTERNAL") {
    refuse_member("response_type", "neither INTERNAL nor EXTERNAL");
  }
  Value const* const hidden = object.find("is_private");
  response.is_private = !hidden || !hidden->get_if<bool>() || *hidden->get_if<bool>();
  response.created_at = time_of(object, "created_at");
  Value const* const spent = object.find("time_spent_minutes");
  if (spent && !spent->is_null()) response.time_spent_minutes = integer_of(object, "time_spent_minutes", 1);
  return response;
}

/// An absent value says nothing: a CSV has a cell for every column.
bool is_absent(Value const& value) { return value.is_null() || (value.get_if<std::string>() && value.text().empty()); }

/// What every desk makes for itself is nothing that a record could bring along.
bool is_made_here(base::Field const& field) {
  bool const other_name = (field.traits & base::kWritable) != 0;  // of a field that a record may bring
  return ((field.traits & base::kComputed) && !other_name) ||
         ((field.traits & base::kDerived) && !(field.traits & base::kImport));
}

template <class Record>
ImportedRecord<Record> read_as(Value const& object, base::RecordType const& type) {
  auto const* members = object.get_if<Value::Object>();
  if (!members) refuse_member("record", "not an object");
  ImportedRecord<Record> out;
  bool const is_ticket = type.noun == model::ticket_type().noun;
  for (auto const& [name, value] : *members) {
    if (auto const field = type.find(name)) {
      if (is_absent(value) || is_made_here(type.fields[*field])) continue;
      model::set(out.record, *field, value);
      out.given.push_back(*field);
    } else if (is_ticket && name == "responses") {
      out.responses = items_of<model::Response>(name, value, &response_from);
    } else if (name == "history") {
      out.history = items_of<model::Event>(name, value, event_reader(type.noun));
      out.has_history = !out.history.empty();
    } else if (!read_part(out.parts, type.noun, name, value)) {
      refuse_unknown(name, field_names(type));
    }
  }
  return out;
}

}  // namespace

ImportedTicket read_import(Value const& object) { return read_as<model::Ticket>(object, model::ticket_type()); }
ImportedIncident read_incident_import(Value const& object) {
  auto out = read_as<model::Incident>(object, model::incident_type());
  // No event tells of these, so nothing but the record itself can say them.
  for (char const* const counted : {"alert_count", "first_alert_at", "last_alert_at", "last_update_at"}) {
    Value const* const value = object.find(counted);
    if (value && !is_absent(*value)) model::set(out.record, model::incident_type().require(counted), *value);
  }
  return out;
}

namespace {

/// With the kind in front, which says what the rest means; where none is given, the SOP's names of a kind tell it. A
/// title that stands there under both of its names is the same one.
Value kind_first(Value const& object) {
  auto const* const members = object.get_if<Value::Object>();
  if (!members) return object;
  Value::Object out;
  auto const has = [&](char const* name) {
    Value const* const value = object.find(name);
    return value && !is_absent(*value);
  };
  if (!has("kind") && (has("question") || has("answer"))) out.emplace_back("kind", "faq");
  if (!has("kind") && (has("solution_title") || has("solution_steps"))) out.emplace_back("kind", "solution");
  for (bool const kind : {true, false}) {
    for (auto const& member : *members) {
      if ((member.first == "kind") == kind) out.push_back(member);
    }
  }
  return out;
}

}  // namespace

ImportedArticle read_article_import(Value const& object) {
  auto out = read_as<model::Article>(kind_first(object), model::article_type());
  // No event tells of views, and what else readers said is counted as they said it.
  for (char const* const counted : {"view_count", "helpful_count", "not_helpful_count", "used_count", "worked_count"}) {
    Value const* const value = object.find(counted);
    if (value && !is_absent(*value)) model::set(out.record, model::article_type().require(counted), *value);
  }
  return out;
}

bool same_event(model::Event const& a, model::Event const& b) {
  return a.at == b.at && a.actor.name == b.actor.name && a.actor.login == b.actor.login &&
         a.actor.command == b.actor.command && a.kind == b.kind && a.rev == b.rev && a.reason == b.reason &&
         a.rules_version == b.rules_version && model::changes_to_value(a.changes) == model::changes_to_value(b.changes);
}

}  // namespace umsops::desk
