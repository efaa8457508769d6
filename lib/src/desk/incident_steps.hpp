// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "desk/find.hpp"
#include "desk/open_desk.hpp"
#include "umsops/desk/incident_desk.hpp"

/// The steps of an incident's life inside a transaction, for every use case that needs one. Each stores what it changes
/// with its event, and gives the incident as stored.
namespace umsops::desk {

Subject const& incidents();
model::Incident find_incident(OpenDesk& desk, store::Connection& db, std::string const& typed);

struct IncidentStep {
  model::Incident incident;
  bool changed = false;
};

/// Stores the changed incident, one revision on, as its hooks make it, with an event of that kind. Nothing when nothing
/// differs and `further` is empty.
IncidentStep store_step(OpenDesk& desk, store::WriteTx& tx, model::Incident const& before, model::Incident after,
                        char const* kind, std::string const& reason, std::vector<model::Change> further = {});

/// The entry of its timeline that was named by id or by its place. Throws `timeline.not_found`.
model::TimelineEntry const& entry_named(std::vector<model::TimelineEntry> const& timeline,
                                        model::Incident const& incident, std::string const& name);
/// An entry of this moment by this actor, about the incident.
model::TimelineEntry entry_of(OpenDesk& desk, model::Incident const& incident, model::TimelineKind kind,
                              std::string text);
/// Writes it down; what it gives goes into the event that vouches for it.
model::Change write_entry(store::WriteTx& tx, model::TimelineEntry const& entry);

IncidentStep write_note(OpenDesk& desk, store::WriteTx& tx, model::Incident const& incident, Note const& note,
                        std::string const& reason);
IncidentStep hand_over(OpenDesk& desk, store::WriteTx& tx, model::Incident const& incident, Hand hand,
                       std::string const& to, std::string const& reason);
/// With the evidence in the timeline.
IncidentStep verify(OpenDesk& desk, store::WriteTx& tx, model::Incident const& incident, model::EvidenceKind kind,
                    RecoveryWord const& word, std::string const& reason);
IncidentStep resolve(OpenDesk& desk, store::WriteTx& tx, model::Incident const& incident,
                     IncidentResolve const& resolution, std::string const& reason);
IncidentStep escalate(OpenDesk& desk, store::WriteTx& tx, model::Incident const& incident, Escalate const& escalation,
                      std::string const& reason);
IncidentStep reopen(OpenDesk& desk, store::WriteTx& tx, model::Incident const& incident, std::string const& reason);

}  // namespace umsops::desk
