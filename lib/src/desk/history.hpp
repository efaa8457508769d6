// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "desk/session.hpp"
#include "umsops/model/event.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::desk {

/// What a new ticket starts with, and what differs between two states of one; times, revision and the classification
/// follow from the rest and stay out.
std::vector<model::Change> changes_of_new(model::Ticket const& ticket);
std::vector<model::Change> changes_between(model::Ticket const& before, model::Ticket const& after);

/// An event of this session about the ticket, ready to be appended.
model::Event ticket_event(Session const& session, model::Ticket const& ticket, std::string kind, std::string reason,
                          std::vector<model::Change> changes);

/// Throws `record.invalid` with every problem of the ticket in the details.
void refuse_unsound(model::Ticket const& ticket);

}  // namespace umsops::desk
