// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "desk/incident_links.hpp"
#include "umsops/desk/incident_desk.hpp"

/// Incidents with what belongs to them, inside a transaction of the caller's.
namespace umsops::desk {

/// The incident with its timeline, its links and all else that `show` tells.
WholeIncident whole_incident(OpenDesk& desk, store::Connection& db, model::Incident incident);

/// Those of its type, and of one of its services where it names any, that were detected from `from` on and before
/// `until`: the oldest first, without the texts that only their own pages show.
void visit_kin(OpenDesk& desk, store::Connection& db, model::Incident const& incident, base::TimePoint from,
               base::TimePoint until, std::function<void(model::Incident const&)> const& visit);

}  // namespace umsops::desk
