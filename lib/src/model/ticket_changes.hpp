// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "umsops/model/event.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::model {

/// `model/changes.hpp` for tickets.
std::vector<Change> changes_of_new(Ticket const& ticket);
std::vector<Change> changes_between(Ticket const& before, Ticket const& after);
/// Throws `record.invalid` when an earlier value does not fit its field.
void undo(Ticket& ticket, std::vector<Change> const& changes, std::vector<std::string>& erased);

/// Notes who decided a classified field (`caller`, `hook`); what the rules said stays beside it. Other fields: nothing.
void note_decision(Ticket& ticket, std::string_view field, std::string_view value, std::string_view origin);

/// What the ticket carries in a field or an attribute of that name; empty: nothing.
std::string carried_value(Ticket const& ticket, std::string_view field);

/// Sets a field, or an attribute that the ticket does not carry yet.
void give(Ticket& ticket, std::string_view field, std::string_view value);

}  // namespace umsops::model
