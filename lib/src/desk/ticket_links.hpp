// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "desk/links.hpp"
#include "desk/ticket_steps.hpp"

namespace umsops::desk {

/// The ticket with one link more; unchanged: it was there. `other` is the number at its other end.
Acted add_link(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, model::Link const& link,
               std::string const& other, std::string const& reason);
/// The same with one less.
Acted remove_link(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, model::Link const& link,
                  std::string const& other, std::string const& reason);

/// `desk/links.hpp` for tickets.
model::Ticket behind_merges(store::Connection& db, model::Ticket ticket);
std::vector<model::Ticket> merged_into(store::Connection& db, model::Ticket const& ticket);

}  // namespace umsops::desk
