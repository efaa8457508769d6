// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "desk/open_desk.hpp"
#include "umsops/model/ticket.hpp"

/// Declared fields of tickets, as changes meet them.
namespace umsops::desk {

enum class Strictness {
  refuse,  ///< who speaks can mend it: `ticket.field`
  tell,    ///< what came by mail or from elsewhere is kept as it is
};
/// Puts the ticket's attributes into their normal form. Throws `ticket.field` for a value that does not fit, and where
/// one is missing that its category requires; names that nobody declared are told. `before`: of a change, what was
/// wrong with the ticket before is not its fault. Gives what is to be told.
std::vector<std::string> settle_fields(OpenDesk& desk, model::Ticket& ticket, Strictness strictness,
                                       model::Ticket const* before = nullptr);

}  // namespace umsops::desk
