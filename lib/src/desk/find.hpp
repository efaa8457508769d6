// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "desk/open_desk.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::desk {

/// The ticket that was typed: number, internal id, unique beginning of one of them, or `@last` (the one this actor
/// changed last). Throws `ticket.not_found`, `ticket.ambiguous`.
model::Ticket find_ticket(OpenDesk& desk, store::Connection& db, std::string const& typed);
[[noreturn]] void refuse_absent_ticket(std::string const& typed);

}  // namespace umsops::desk
