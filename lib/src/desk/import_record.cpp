// SPDX-License-Identifier: Apache-2.0
#include "desk/import_record.hpp"

#include <algorithm>

#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using base::Value;

[[noreturn]] void refuse(std::string field, std::string problem) {
  throw Error(base::errors::record_invalid, {{"field", std::move(field)}, {"problem", std::move(problem)}});
}

std::string line_of(Value const& object, std::string_view name, std::size_t longest) {
  Value const* const value = object.find(name);
  if (!value || value->is_null()) return {};
  if (!value->get_if<std::string>()) refuse(std::string(name), "not a text");
  if (auto fault = base::text_fault(value->text(), base::TextShape::block, longest)) {
    refuse(std::string(name), std::move(*fault));
  }
  return std::string(value->text());
}

base::TimePoint time_of(Value const& object, std::string_view name) {
  Value const* const value = object.find(name);
  if (auto const* at = value ? value->get_if<base::TimePoint>() : nullptr) return *at;
  auto const at = base::parse_rfc3339(value ? value->text() : std::string_view());
  if (!at) refuse(std::string(name), "not a time such as 2026-11-23T09:30:00Z");
  return *at;
}

/// A name that is no field is a fault of the data here, not of the call.
std::size_t field_of(base::RecordType const& type, std::string const& name) {
  if (auto const found = type.find(name)) return *found;
  std::vector<std::string_view> names;
  for (auto const& field : type.fields) names.push_back(field.name);
  std::string const best = base::nearest(name, names);
  refuse(name.substr(0, 80), "no such field" + (best.empty() ? std::string() : "; did you mean " + best + "?"));
}

void refuse_unknown(Value const& object, base::RecordType const& type) {
  auto const* members = object.get_if<Value::Object>();
  if (!members) refuse(std::string(type.noun), "not an object");
  for (auto const& member : *members) field_of(type, member.first);
}

model::Event event_from(Value const& object) {
  refuse_unknown(object, model::event_type());
  model::Event event;
  event.at = time_of(object, "at");
  event.actor = {line_of(object, "actor", 100), line_of(object, "login", 100), line_of(object, "command", 64)};
  event.noun = "ticket";
  event.kind = line_of(object, "kind", 32);
  event.reason = line_of(object, "reason", 1000);
  event.rules_version = line_of(object, "rules_version", 64);
  Value const* const rev = object.find("rev");
  auto const* number = rev ? rev->get_if<std::int64_t>() : nullptr;
  if (!number || *number < 1 || event.kind.empty()) refuse("history", "an entry has no kind or no rev");
  event.rev = *number;
  if (Value const* const changes = object.find("changes")) event.changes = model::changes_from_value(*changes);
  for (auto& change : event.changes) {
    auto const field = model::ticket_type().find(change.field);
    change.personal = field && (model::ticket_type().fields[*field].traits & base::kPersonal) != 0;
  }
  return event;
}

model::Response response_from(Value const& object) {
  refuse_unknown(object, model::response_type());
  model::Response response;
  response.id = line_of(object, "id", 26);
  response.responder_id = line_of(object, "responder_id", 100);
  response.content = line_of(object, "content", 65'536);
  response.response_type = line_of(object, "response_type", 16);
  if (response.response_type != "INTERNAL" && response.response_type != "EXTERNAL") {
    refuse("response_type", "neither INTERNAL nor EXTERNAL");
  }
  Value const* const hidden = object.find("is_private");
  response.is_private = !hidden || !hidden->get_if<bool>() || *hidden->get_if<bool>();
  response.created_at = time_of(object, "created_at");
  return response;
}

/// What every desk makes for itself is nothing that a record could bring along.
bool is_made_here(base::Field const& field) {
  return (field.traits & base::kComputed) || ((field.traits & base::kDerived) && !(field.traits & base::kImport));
}

template <class Item>
std::vector<Item> items_of(std::string const& name, Value const& value, Item (*read)(Value const&)) {
  auto const* list = value.get_if<Value::List>();
  if (!list) refuse(name, "not a list");
  std::vector<Item> items;
  for (auto const& item : *list) items.push_back(read(item));
  return items;
}

}  // namespace

bool ImportedTicket::gives(std::string_view field) const {
  auto const index = model::ticket_type().find(field);
  return index && std::find(given.begin(), given.end(), *index) != given.end();
}

ImportedTicket read_import(Value const& object) {
  auto const* members = object.get_if<Value::Object>();
  if (!members) refuse("record", "not an object");
  ImportedTicket out;
  for (auto const& [name, value] : *members) {
    if (name == "responses") {
      out.responses = items_of<model::Response>(name, value, &response_from);
      continue;
    }
    if (name == "history") {
      out.history = items_of<model::Event>(name, value, &event_from);
      out.has_history = !out.history.empty();
      continue;
    }
    std::size_t const field = field_of(model::ticket_type(), name);
    if (is_made_here(model::ticket_type().fields[field])) continue;
    // An absent value says nothing: a CSV has a cell for every column.
    if (value.is_null() || (value.get_if<std::string>() && value.text().empty())) continue;
    model::set(out.ticket, field, value);
    out.given.push_back(field);
  }
  return out;
}

model::Ticket merged(model::Ticket stored, ImportedTicket const& record) {
  for (std::size_t const field : record.given) {
    auto const name = model::ticket_type().fields[field].name;
    if (name == "id" || name == "ticket_number" || name == "rev") continue;
    model::set(stored, field, model::get(record.ticket, field));
  }
  return stored;
}

bool same_event(model::Event const& a, model::Event const& b) {
  return a.at == b.at && a.actor.name == b.actor.name && a.actor.login == b.actor.login &&
         a.actor.command == b.actor.command && a.kind == b.kind && a.rev == b.rev && a.reason == b.reason &&
         a.rules_version == b.rules_version && model::changes_to_value(a.changes) == model::changes_to_value(b.changes);
}

}  // namespace umsops::desk
