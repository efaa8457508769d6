// SPDX-License-Identifier: Apache-2.0
#include "desk/announce.hpp"

#include "store/keys.hpp"
#include "store/tickets.hpp"

namespace umsops::desk {
namespace {

/// Nobody is told of what he did himself.
void add_author(OpenDesk& desk, model::OutboxMessage& message) {
  auto const& actor = desk.options().actor.name;
  if (!actor.empty()) message.payload.add("by", actor);
}

}  // namespace

void announce(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, char const* topic,
              std::string const& recipient, Announced const& what) {
  if (recipient.empty()) return;
  model::OutboxMessage message{topic, "ticket", ticket.id, recipient, {}};
  message.payload.add("ticket_number", ticket.ticket_number);
  message.payload.add("title", ticket.title);
  message.payload.add("priority", model::to_string(ticket.priority));
  if (!what.answers.empty()) message.payload.add("in_reply_to", what.answers);
  if (!what.response.empty()) message.payload.add("response", what.response);
  add_author(desk, message);
  store::insert_outbox(tx, message, desk.ids().next_id(desk.now()), desk.now());
}

void announce(OpenDesk& desk, store::WriteTx& tx, model::Incident const& incident, char const* topic,
              std::string const& recipient, std::string const& text) {
  if (recipient.empty() || model::is_muted(incident)) return;
  model::OutboxMessage message{topic, std::string(model::incident_type().noun), incident.id, recipient, {}};
  message.payload.add("incident_number", incident.incident_number);
  message.payload.add("title", incident.title);
  message.payload.add("severity", model::to_string(incident.severity));
  if (!text.empty()) message.payload.add("text", text);
  add_author(desk, message);
  store::insert_outbox(tx, message, desk.ids().next_id(desk.now()), desk.now());
}

}  // namespace umsops::desk
