// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "desk/open_desk.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::desk {

/// A ticket after its hooks have seen it.
struct HookedTicket {
  model::Ticket ticket;
  std::vector<std::string> feedback;
  base::Value ran;  ///< as `Hooked::ran`
};

/// `Hooks::look_up` for tickets; `before` is null for a new one. Without hooks it costs nothing.
HookedTicket hooked(OpenDesk& desk, model::Ticket const* before, model::Ticket after);
/// `Hooks::run` for a new ticket.
HookedTicket run_hooks(OpenDesk& desk, model::Ticket after);

}  // namespace umsops::desk
