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

/// Those in the states of which that holds, e.g. `model::is_active`.
query::Filter incidents_that(bool (*are)(model::IncidentStatus));
/// All that are neither RESOLVED nor CLOSED, newest first.
query::Query open_incidents();

struct IncidentStep {
  model::Incident incident;
  bool changed = false;
};

/// Stores the changed incident, one revision on, as its hooks make it, with an event of that kind. Nothing when nothing
/// differs and `further` is empty. When it is not active any more, those that it muted are heard again.
IncidentStep store_step(OpenDesk& desk, store::WriteTx& tx, model::Incident const& before, model::Incident after,
                        char const* kind, std::string const& reason, std::vector<model::Change> further = {});

/// The entry of its timeline that was named by id or by its place. Throws `timeline.not_found`.
model::TimelineEntry const& entry_named(std::vector<model::TimelineEntry> const& timeline,
                                        model::Incident const& incident, std::string const& name);
/// The same for one of many in a transaction, which itself calls `release_muted` at its end when one `mutes_no_more`.
IncidentStep store_one_of_many(OpenDesk& desk, store::WriteTx& tx, model::Incident const& before, model::Incident after,
                               char const* kind, std::string const& reason, std::vector<model::Change> further = {});
bool mutes_no_more(model::Incident const& before, model::Incident const& after);
/// The same without hooks, for what nobody asked for.
IncidentStep store_unhooked_step(OpenDesk& desk, store::WriteTx& tx, model::Incident const& before,
                                 model::Incident after, char const* kind, std::string const& reason,
                                 std::vector<model::Change> further = {});
/// Those outside know by now where it stands. Notes, moves between states and updates count; what alarms and hand-overs
/// bring does not.
void count_as_update(OpenDesk& desk, model::Incident& incident);

/// An entry of this moment by this actor, about the incident.
model::TimelineEntry entry_of(OpenDesk& desk, model::Incident const& incident, model::TimelineKind kind,
                              std::string text);
/// Writes it down; what it gives goes into the event that vouches for it.
model::Change write_entry(store::WriteTx& tx, model::TimelineEntry const& entry);

/// The steps of its escalation that were taken.
ladder::Taken taken_of(store::Connection& db, model::Incident const& incident);
/// How many people must acknowledge it before nobody is waited for.
std::size_t acknowledgements_wanted(OpenDesk& desk, model::Incident const& incident);
IncidentStep write_note(OpenDesk& desk, store::WriteTx& tx, model::Incident const& incident, Note const& note,
                        std::string const& reason);
IncidentStep hand_over(OpenDesk& desk, store::WriteTx& tx, model::Incident const& incident, Hand hand,
                       std::string const& to, std::string const& reason);
/// With the evidence in the timeline.
IncidentStep verify(OpenDesk& desk, store::WriteTx& tx, model::Incident const& incident, model::EvidenceKind kind,
                    RecoveryWord const& word, std::string const& reason);
/// Without a text, what the runbook that repaired it states.
IncidentStep resolve(OpenDesk& desk, store::WriteTx& tx, model::Incident const& incident,
                     IncidentResolve const& resolution, std::string const& reason);
IncidentStep escalate(OpenDesk& desk, store::WriteTx& tx, model::Incident const& incident, Escalate const& escalation,
                      std::string const& reason);
IncidentStep reopen(OpenDesk& desk, store::WriteTx& tx, model::Incident const& incident, std::string const& reason);

}  // namespace umsops::desk
