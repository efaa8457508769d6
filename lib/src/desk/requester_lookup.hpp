// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/open_desk.hpp"
#include "umsops/model/requester.hpp"
#include "umsops/model/ticket.hpp"

/// From how somebody was said to the one person that this is.
namespace umsops::desk {

/// The one person whom the directory knows by that name; none where nobody or several are called so.
std::optional<model::Requester> person_called(store::Connection& db, std::string_view said);

/// A new ticket's requester as the directory writes the name, with what it says of them.
void know_new_requester(OpenDesk& desk, model::Ticket& ticket);
/// What the directory says of a stored ticket's requester.
void know_requester(store::Connection& db, model::Ticket& ticket);

/// Whether both are names of one person.
bool is_same_requester(store::Connection& db, std::string_view a, std::string_view b);
/// Every name of the person who is called so, beside the given one.
std::vector<std::string> all_names(store::Connection& db, std::string const& said);

}  // namespace umsops::desk
