// SPDX-License-Identifier: Apache-2.0
// Acts that a hook did not allow: they are tried again, each time later, and are news once.
#pragma once

#include <vector>

#include "desk/open_desk.hpp"
#include "umsops/base/error.hpp"
#include "umsops/desk/tick.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::desk::tick {

/// Whether a hook stood in the way, by its answer or by what it did.
bool is_of_hook(base::Error const& error);

/// Tries the ticket again in 5 minutes, then 30, then 2 hours, then once a day: without a new event, since nothing
/// happened to it. True: it is news, held for the first time or for another reason than before.
bool hold(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, base::Error const& error);
/// What is held, the longest first.
std::vector<HeldAct> held_acts(store::Connection& db);
/// Forgets those that something has happened to since.
void forget_held(OpenDesk& desk);

}  // namespace umsops::desk::tick
