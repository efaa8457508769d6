// SPDX-License-Identifier: Apache-2.0
#include "desk/ticket_links.hpp"

#include "desk/incident_steps.hpp"
#include "store/links.hpp"
#include "store/tickets.hpp"
#include "umsops/base/error.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using model::Link;
using model::LinkKind;
using model::Ticket;

/// The incident of that name at this desk; any other name is one of another desk. Throws `incident.not_found` for what
/// is written as a number of this desk and is none.
NamedRecord cause_named(OpenDesk& desk, store::Connection& db, std::string const& name) {
  if (!desk.incident_numbers().normalise(name)) return {{std::string(model::incident_type().noun), name}, name};
  auto const incident = find_incident(desk, db, name);
  return {model::ref_of(incident), incident.incident_number};
}

NamedRecord other_end(OpenDesk& desk, store::Connection& db, LinkTo const& wanted) {
  if (wanted.kind == LinkKind::caused_by) return cause_named(desk, db, wanted.other);
  if (wanted.kind == LinkKind::relates_to) return record_named(desk, db, tickets(), wanted.other);
  Ticket const found = find_ticket(desk, db, wanted.other);
  return {model::ref_of(found), found.ticket_number};
}

}  // namespace

Acted add_link(OpenDesk& desk, store::WriteTx& tx, Ticket const& ticket, Link const& link, std::string const& other,
               std::string const& reason) {
  if (link.to.id == ticket.id) throw Error(base::errors::ticket_link_self, {{"id", ticket.ticket_number}});
  refuse_cycle(tx.connection(), link, ticket.ticket_number, other);
  if (!store::insert_link(tx, link)) return {ticket, false, {}};
  return store_act(desk, tx, ticket, ticket, "linked", reason, {link_change(link, other, false)});
}

Acted remove_link(OpenDesk& desk, store::WriteTx& tx, Ticket const& ticket, Link const& link, std::string const& other,
                  std::string const& reason) {
  if (!store::erase_link(tx, link)) return {ticket, false, {}};
  return store_act(desk, tx, ticket, ticket, "unlinked", reason, {link_change(link, other, true)});
}

Ticket behind_merges(store::Connection& db, Ticket ticket) {
  auto found = store::find_ticket_by_id(db, behind_merges(db, model::ref_of(ticket)).id);
  return found ? *std::move(found) : ticket;
}

std::vector<Ticket> merged_into(store::Connection& db, Ticket const& ticket) {
  std::vector<Ticket> found;
  for (auto const& merged : merged_into(db, model::ref_of(ticket))) {
    if (auto other = store::find_ticket_by_id(db, merged.id)) found.push_back(*std::move(other));
  }
  return found;
}

std::vector<ItemOutcome> TicketDesk::link(std::vector<std::string> const& ids, LinkTo const& wanted,
                                          ChangeOptions const& options, Batch how) {
  return change_each(desk_, ids, options, how, [&](store::WriteTx& tx, Ticket const& ticket) -> Acted {
    auto const [to, number] = other_end(desk_, tx.connection(), wanted);
    Link const link{model::ref_of(ticket), wanted.kind, to, desk_.now()};
    return wanted.remove ? remove_link(desk_, tx, ticket, link, number, options.reason)
                         : add_link(desk_, tx, ticket, link, number, options.reason);
  });
}

}  // namespace umsops::desk
