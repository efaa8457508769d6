// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "desk/open_desk.hpp"
#include "umsops/model/incident.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::desk {

/// The tickets that this incident caused and that are not CLOSED: who asked waits for a word.
std::vector<model::Ticket> waiting_tickets(store::Connection& db, model::Incident const& incident);
/// Replies to each of these. The same answer about the incident again reaches only those that have not had it. Gives
/// their numbers.
std::vector<std::string> answer_tickets(OpenDesk& desk, store::WriteTx& tx, model::Incident const& incident,
                                        std::vector<model::Ticket> const& waiting, std::string const& text,
                                        std::string const& reason);

}  // namespace umsops::desk
