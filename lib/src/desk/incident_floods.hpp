// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "desk/open_desk.hpp"
#include "umsops/desk/incident_flood.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::desk {

/// The flood that this ticket is part of. Reads no further back than it takes to know.
std::optional<Flood> flood_around(OpenDesk& desk, store::Connection& db, model::Ticket const& ticket);
/// All floods up to now, that of the most people first; a ticket that is linked to an incident counts no more. A
/// category that stands on a ticket by default, because nothing was known, makes none.
std::vector<Flood> floods(OpenDesk& desk, store::Connection& db, FloodRule const& rule);

}  // namespace umsops::desk
