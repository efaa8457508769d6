// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "umsops/model/event.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::model {

/// What a new ticket starts with, and what differs between two states of one; times, revision and the classification
/// follow from the rest and stay out.
std::vector<Change> changes_of_new(Ticket const& ticket);
std::vector<Change> changes_between(Ticket const& before, Ticket const& after);

/// Notes who decided a classified field (`caller`, `hook`); what the rules said stays beside it. Other fields: nothing.
void note_decision(Ticket& ticket, std::string_view field, std::string_view value, std::string_view origin);

/// Takes the ticket back to the state before the changes. Fields whose values were erased are added to `erased`, and
/// those that come back lose their place there. Throws `record.invalid` when a value does not fit its field.
void undo(Ticket& ticket, std::vector<Change> const& changes, std::vector<std::string>& erased);

/// Fills in the changes of a ticket's first event, which the log does not repeat: the ticket as it is, taken back
/// through the later events. `events` are all of the ticket's, oldest first.
void complete_first_event(std::vector<Event>& events, Ticket ticket);

}  // namespace umsops::model
