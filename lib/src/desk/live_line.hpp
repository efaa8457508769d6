// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "desk/open_desk.hpp"
#include "umsops/desk/live_desk.hpp"
#include "umsops/model/callback.hpp"

namespace umsops::desk {

/// Where the conversation of a ticket (by its internal id) stands.
LiveLine line_of(store::Connection& db, std::string const& ticket);
/// By what name the user speaks: the requester's, the number that calls, or that of nobody known.
std::string user_name(model::Ticket const& ticket);

/// Gives a ticket that is just being filed to whoever is to come to the line, and lets the user wait for them. With it
/// comes the call-back that this becomes if nobody does; where nobody is on shift, it is one at once.
struct Transferred {
  Transfer transfer;
  model::Callback callback;
};
/// None: `auto`, and there is no roster to choose from.
std::optional<Transferred> transfer_line(OpenDesk& desk, store::WriteTx& tx, model::Ticket& ticket,
                                         WantedTransfer const& wanted);

/// The user waits, from now on, until that call-back is due; `ticket` becomes as it then is.
void begin_waiting(OpenDesk& desk, store::WriteTx& tx, model::Ticket& ticket, std::string const& target,
                   LiveProcess const& user, model::Callback const& callback, std::string const& reason);

}  // namespace umsops::desk
