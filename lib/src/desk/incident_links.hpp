// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "desk/incident_steps.hpp"
#include "desk/links.hpp"

namespace umsops::desk {

/// `desk/links.hpp` for incidents.
model::Incident behind_merges(store::Connection& db, model::Incident incident);
/// Those that are CLOSED because they go on in it.
std::vector<model::Incident> merged_into(store::Connection& db, model::Incident const& incident);

/// Those that relate to it and are not CLOSED: what was split off it is among them.
std::vector<model::Incident> relating_to(store::Connection& db, model::Incident const& incident);

/// An entry of this moment that tells what was decided about an incident.
model::TimelineEntry decision(OpenDesk& desk, model::Incident const& incident, std::string text, base::Value data);

}  // namespace umsops::desk
