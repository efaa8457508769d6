// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "desk/open_desk.hpp"
#include "umsops/desk/incident_desk.hpp"

namespace umsops::desk {

/// A new incident as the caller says it and the rules see it, checked. `known` is what is known of it beside.
model::Incident drafted(OpenDesk& desk, NewIncident const& wanted, model::Incident known = {});

/// Rows that the first event of a new incident vouches for.
using IncidentParts = std::function<void(store::WriteTx&, model::Incident const&)>;

/// What becomes of it where its key is known; none: it is new.
std::optional<IncidentResult> filed_before(OpenDesk& desk, store::WriteTx& tx, NewIncident const& wanted,
                                           model::Incident const& draft, IncidentDesk::CreateOptions const& options);

class Mutings;

/// Stores the draft with the event by which it comes into being, whatever keys there are; what hooks changed is an
/// event of its own. Of `wanted` assignee and key count. Somebody is waited for, unless it is muted by `mutings`, which
/// are read where none are given.
IncidentResult store_new_incident(OpenDesk& desk, store::WriteTx& tx, NewIncident const& wanted,
                                  model::Incident const& draft, std::string const& reason,
                                  IncidentParts const& parts = {}, Mutings const* mutings = nullptr);

}  // namespace umsops::desk
