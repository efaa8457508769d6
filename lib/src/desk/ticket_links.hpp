// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "desk/ticket_steps.hpp"
#include "store/connection.hpp"
#include "umsops/desk/ticket_desk.hpp"

namespace umsops::desk {

/// Throws `ticket.link_cycle` where following links of that kind from its other end would lead back to where it begins.
/// `number` and `other` are those of its ends.
void refuse_cycle(store::Connection& db, model::Link const& link, std::string const& number, std::string const& other);
/// Whether it would do so.
bool closes_cycle(store::Connection& db, model::Link const& link);

/// What the history tells of a link.
model::Change link_change(model::LinkKind kind, std::string const& other, bool removed);
/// The ticket with one link more; unchanged: it was there. `other` is the number at its other end.
Acted add_link(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, model::Link const& link,
               std::string const& other, std::string const& reason);

/// The ticket that this one was merged into, and that one, to the end; itself when it was not.
model::Ticket behind_merges(store::Connection& db, model::Ticket ticket);
/// Those that were merged into it, and into these; at most 50.
std::vector<model::Ticket> merged_into(store::Connection& db, model::Ticket const& ticket);

/// The links that begin at the ticket, as an export gives them.
std::vector<TicketLink> links_of(store::Connection& db, model::Ticket const& ticket);
/// Both ends of the ticket's links, as they are shown.
std::vector<ShownLink> shown_links(store::Connection& db, model::Ticket const& ticket);

}  // namespace umsops::desk
