// SPDX-License-Identifier: Apache-2.0
#include "desk/incident_tickets.hpp"

#include "desk/ticket_steps.hpp"
#include "store/links.hpp"
#include "store/tickets.hpp"
#include "umsops/base/hash.hpp"

namespace umsops::desk {

std::vector<model::Ticket> waiting_tickets(store::Connection& db, model::Incident const& incident) {
  std::vector<model::Ticket> waiting;
  for (auto const& link : store::links_to(db, model::ref_of(incident))) {
    if (link.kind != model::LinkKind::caused_by || link.from.noun != model::ticket_type().noun) continue;
    auto ticket = store::find_ticket_by_id(db, link.from.id);
    if (ticket && ticket->status != model::TicketStatus::closed) waiting.push_back(*std::move(ticket));
  }
  return waiting;
}

std::vector<std::string> answer_tickets(OpenDesk& desk, store::WriteTx& tx, model::Incident const& incident,
                                        std::vector<model::Ticket> const& waiting, std::string const& text,
                                        std::string const& reason) {
  Reply reply{.text = text, .side = Side::staff};
  std::string const answer = incident.incident_number + ":" + base::sha256_hex(text).substr(0, 16);
  std::vector<std::string> answered;
  for (auto const& ticket : waiting) {
    reply.key = "answer:" + answer + ":" + ticket.ticket_number;
    if (reply_to(desk, tx, ticket, reply, reason).changed) answered.push_back(ticket.ticket_number);
  }
  return answered;
}

}  // namespace umsops::desk
