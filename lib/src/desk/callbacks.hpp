// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "desk/open_desk.hpp"
#include "umsops/desk/callbacks.hpp"

namespace umsops::desk {

/// Stores a call-back of the ticket, and the event of it; `ticket` becomes as it then is.
model::Callback add_callback(OpenDesk& desk, store::WriteTx& tx, model::Ticket& ticket, NewCallback const& wanted);

}  // namespace umsops::desk
