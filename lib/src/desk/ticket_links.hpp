// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "store/connection.hpp"
#include "umsops/desk/ticket_verbs.hpp"

namespace umsops::desk {

/// Both ends of the ticket's links, as they are shown.
std::vector<ShownLink> shown_links(store::Connection& db, model::Ticket const& ticket);

}  // namespace umsops::desk
