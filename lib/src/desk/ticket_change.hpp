// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "desk/open_desk.hpp"
#include "umsops/model/event.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::desk {

/// Stores the changed ticket, one revision on, with its event, as its hooks make it. Gives it as stored. The
/// transaction is one of `OpenDesk::write`.
model::Ticket store_change(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& before, model::Ticket after,
                           std::string kind, std::string reason, std::vector<model::Change> further = {});
/// The same without asking any hook. `further` goes into the event beside the changes of fields.
model::Ticket store_unhooked(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& before, model::Ticket after,
                             std::string kind, std::string reason, std::vector<model::Change> further = {});

}  // namespace umsops::desk
