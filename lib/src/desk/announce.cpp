// SPDX-License-Identifier: Apache-2.0
#include "desk/announce.hpp"

#include "store/ticket_table.hpp"

namespace umsops::desk {

void announce(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, char const* topic,
              std::string const& recipient, std::string const& answers) {
  if (recipient.empty()) return;
  model::OutboxMessage message{topic, "ticket", ticket.id, recipient, {}};
  message.payload.add("ticket_number", ticket.ticket_number);
  message.payload.add("title", ticket.title);
  message.payload.add("priority", model::to_string(ticket.priority));
  if (!answers.empty()) message.payload.add("in_reply_to", answers);
  store::insert_outbox(tx, message, desk.ids().next_id(desk.now()), desk.now());
}

}  // namespace umsops::desk
