// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "store/connection.hpp"
#include "umsops/desk/ticket_desk.hpp"

namespace umsops::desk {

/// Throws `ticket.link_cycle` where following links of that kind from its other end would lead back to where it begins.
/// `number` and `other` are those of its ends.
void refuse_cycle(store::Connection& db, model::Link const& link, std::string const& number, std::string const& other);
/// The links that begin at the ticket, as an export gives them.
std::vector<TicketLink> links_of(store::Connection& db, model::Ticket const& ticket);
/// Both ends of the ticket's links, as they are shown.
std::vector<ShownLink> shown_links(store::Connection& db, model::Ticket const& ticket);

}  // namespace umsops::desk
