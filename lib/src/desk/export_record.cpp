// SPDX-License-Identifier: Apache-2.0
#include "desk/export_record.hpp"

#include <utility>

#include "store/attachments.hpp"
#include "store/escalations.hpp"
#include "store/keys.hpp"
#include "umsops/desk/incident_export.hpp"

namespace umsops::desk {
namespace {

using base::Value;

/// The row by the names of its fields, those left out that `wanted` does not want.
template <class Wanted>
Value object_of(base::RecordType const& type, base::Row row, Wanted&& wanted) {
  Value::Object object;
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    if (wanted(type.fields[i])) object.emplace_back(type.fields[i].name, std::move(row[i]));
  }
  return object;
}

bool all(base::Field const&) { return true; }
/// The place in the chain belongs to one store.
bool of_any_store(base::Field const& field) {
  return field.name != "seq" && field.name != "hash" && field.name != "previous_hash";
}
/// What it only shows of its ticket has no column.
bool of_its_own(base::Field const& field) { return !field.column.empty(); }

template <class Item>
Value list_of(std::vector<Item> const& items, base::RecordType const& type, bool (*wanted)(base::Field const&)) {
  Value::List list;
  for (auto const& item : items) list.push_back(object_of(type, to_row(item), wanted));
  return list;
}

Value link_value(RecordLink const& link) {
  return Value::Object{{"kind", model::to_string(link.kind)},
                       {"other_noun", link.other_noun},
                       {"other", link.other},
                       {"other_id", base::text_or_null(link.other_id)},
                       {"created_at", link.created_at}};
}

Value attachment_value(StoredAttachment const& stored) {
  auto const& about = stored.attachment;
  return Value::Object{{"id", about.id},
                       {"response_id", base::text_or_null(about.response_id)},
                       {"file_name", base::text_or_null(about.file_name)},
                       {"media_type", base::text_or_null(about.media_type)},
                       {"bytes", about.bytes},
                       {"sha256", about.sha256},
                       {"stored", about.stored},
                       {"created_at", about.created_at},
                       {"content", stored.content ? Value(*stored.content) : Value()}};
}

Value step_value(LadderStep const& step) {
  return Value::Object{
      {"generation", step.generation}, {"step", step.step}, {"due_at", step.due_at}, {"taken_at", step.taken_at}};
}

Value key_value(ChangeKey const& key) {
  return Value::Object{{"kind", key.kind}, {"key", key.key}, {"content_hash", base::text_or_null(key.content_hash)}};
}

template <class Item>
Value values_of(std::vector<Item> const& items, Value (*value_of)(Item const&)) {
  Value::List list;
  for (auto const& item : items) list.push_back(value_of(item));
  return list;
}

void add(Value::Object& record, char const* name, Value list) {
  if (!list.get_if<Value::List>()->empty()) record.emplace_back(name, std::move(list));
}

/// What its record is called stands around it.
bool not_its_ticket(base::Field const& field) { return field.name != "ticket_id"; }
bool not_its_file(base::Field const& field) { return !field.name.starts_with("file"); }

}  // namespace

void add_links(std::vector<RecordLink> const& links, Value::Object& record) {
  add(record, "links", values_of(links, link_value));
}

Value to_record(ExportedTicket const& ticket) {
  auto record = object_of(model::ticket_type(), model::to_row(ticket.ticket), all);
  auto& members = *record.get_if<Value::Object>();
  members.emplace_back("responses", list_of(ticket.responses, model::response_type(), all));
  members.emplace_back("history", list_of(ticket.history, model::event_type(), of_any_store));
  add(members, "escalations", list_of(ticket.escalations, model::escalation_type(), all));
  add_links(ticket.links, members);
  add(members, "attachments", values_of(ticket.attachments, attachment_value));
  add(members, "callbacks", list_of(ticket.callbacks, model::callback_type(), of_its_own));
  add(members, "ladder_steps", values_of(ticket.ladder_steps, step_value));
  add(members, "mails", list_of(ticket.mails, model::mail_type(), all));
  add(members, "keys", values_of(ticket.keys, key_value));
  add(members, "watchers", Value::List(ticket.watchers.begin(), ticket.watchers.end()));
  return record;
}

Value to_record(ExportedIncident const& incident) {
  auto record = object_of(model::incident_type(), model::to_row(incident.incident), all);
  auto& members = *record.get_if<Value::Object>();
  members.emplace_back("timeline", list_of(incident.timeline, model::timeline_entry_type(), all));
  members.emplace_back("history", list_of(incident.history, model::event_type(), of_any_store));
  add(members, "escalations", list_of(incident.escalations, model::escalation_type(), not_its_ticket));
  add_links(incident.links, members);
  add(members, "attachments", values_of(incident.attachments, attachment_value));
  add(members, "ladder_steps", values_of(incident.ladder_steps, step_value));
  add(members, "keys", values_of(incident.keys, key_value));
  return record;
}

Value to_record(model::Article const& article, std::vector<model::Feedback> const& feedback,
                std::vector<model::Event> const& history) {
  auto record = object_of(model::article_type(), model::to_row(article), not_its_file);
  auto& members = *record.get_if<Value::Object>();
  members.emplace_back("history", list_of(history, model::event_type(), of_any_store));
  add(members, "feedback", list_of(feedback, model::feedback_type(), all));
  return record;
}

std::vector<StoredAttachment> stored_attachments(store::Connection& db, model::Ref const& record) {
  std::vector<StoredAttachment> out;
  for (auto& attachment : store::attachments_of(db, record)) {
    StoredAttachment stored{std::move(attachment), std::nullopt};
    if (stored.attachment.stored) stored.content = store::attachment_content(db, stored.attachment.id);
    out.push_back(std::move(stored));
  }
  return out;
}

std::vector<LadderStep> ladder_steps_of(store::Connection& db, model::Ref const& record) {
  std::vector<LadderStep> steps;
  for (auto& taken : store::taken_steps_of(db, record))
    steps.push_back({taken.generation, std::move(taken.step), taken.due_at, taken.fired_at});
  return steps;
}

std::vector<ChangeKey> change_keys_of(store::Connection& db, model::Ref const& record) {
  std::vector<ChangeKey> keys;
  for (auto& key : store::keys_of(db, record))
    keys.push_back({std::move(key.noun), std::move(key.key), std::move(key.content_hash)});
  return keys;
}

}  // namespace umsops::desk
