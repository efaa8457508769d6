// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "desk/open_desk.hpp"
#include "umsops/desk/callbacks.hpp"

namespace umsops::desk {

/// Stores a call-back of the ticket, and the event of it; `ticket` becomes as it then is.
model::Callback add_callback(OpenDesk& desk, store::WriteTx& tx, model::Ticket& ticket, NewCallback const& wanted);

/// Closes an open call-back with its outcome, and stores the event of it; `ticket` becomes as it then is.
void finish_callback(OpenDesk& desk, store::WriteTx& tx, model::Ticket& ticket, model::Callback& callback,
                     std::string const& outcome);

}  // namespace umsops::desk
