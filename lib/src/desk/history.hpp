// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "desk/open_desk.hpp"
#include "model/ticket_changes.hpp"
#include "umsops/model/article.hpp"
#include "umsops/model/event.hpp"
#include "umsops/model/feedback.hpp"
#include "umsops/model/incident.hpp"
#include "umsops/model/requester.hpp"
#include "umsops/model/review.hpp"
#include "umsops/model/ticket.hpp"
#include "umsops/model/timeline_entry.hpp"

namespace umsops::desk {

/// An event of this desk about the ticket, ready to be appended.
model::Event ticket_event(OpenDesk const& desk, model::Ticket const& ticket, std::string kind, std::string reason,
                          std::vector<model::Change> changes);
/// That by which the ticket comes into being.
model::Event first_event(OpenDesk const& desk, model::Ticket const& ticket, std::string kind, std::string reason);

model::Event first_event(OpenDesk const& desk, model::Incident const& incident, std::string kind, std::string reason);
model::Event first_event(OpenDesk const& desk, model::Article const& article, std::string kind, std::string reason);

/// The entry of an event that tells which hooks ran and what they changed.
model::Change hooks_change(base::Value ran);

/// Throws `record.invalid` with every problem of the ticket in the details.
void refuse_unsound(model::Ticket const& ticket);
void refuse_unsound(model::Response const& response);
void refuse_unsound(model::Incident const& incident);
void refuse_unsound(model::Article const& article);
void refuse_unsound(model::Feedback const& feedback);
void refuse_unsound(model::Review const& review);
void refuse_unsound(model::Requester const& requester);
void refuse_unsound(model::TimelineEntry const& entry);
/// What its actor says of it is sound text within the limits of its fields: an import takes nothing else back.
void refuse_unsound(model::Event const& event);

}  // namespace umsops::desk
