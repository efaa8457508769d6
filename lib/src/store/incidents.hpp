// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "store/record_table.hpp"
#include "umsops/model/incident.hpp"

namespace umsops::store {

/// `incidents`.
RecordTable const& incident_table();
/// Throws `store.damaged` when the columns are no incident.
model::Incident to_incident(Columns const& columns);

// `store/record_table.hpp` for incidents.
std::string insert_incident(WriteTx& tx, model::Incident const& incident, NewRecord const& brings = {});
/// Stores what is neither hashed nor in the history: how often alarms came, when news are due. No event, no new
/// revision.
void update_incident_counts(WriteTx& tx, model::Incident const& incident);
std::optional<model::Incident> incident_at(Connection& db, std::int64_t n);
std::optional<model::Incident> find_incident_by_id(Connection& db, std::string_view id);
/// The newest one that stands for alarms of that key.
std::optional<model::Incident> find_incident_of_alarms(Connection& db, std::string_view dedup_key);

/// Of the newest `most` incidents, without the texts that only their own pages show, newest first: for comparisons.
struct PastIncident {
  std::int64_t n = 0;
  std::string title, source, dedup_key;
  model::IncidentType type = model::IncidentType::other;
  model::Priority severity = model::Priority::low;
  model::IncidentStatus status = model::IncidentStatus::open;
  base::TimePoint detected_at{};
  std::optional<base::TimePoint> resolved_at;
  std::string services, attributes;  ///< JSON, or empty
  bool merged = false;               ///< it goes on in another one
};
/// Gives them to `visit`; tells how many there were.
std::int64_t visit_newest_incidents(Connection& db, std::int64_t most,
                                    std::function<void(PastIncident const&)> const& visit);
/// Minutes from detection to resolution, of those of that type and severity among the newest `most`.
struct Durations {
  std::vector<std::int64_t> minutes;
  std::int64_t looked_at = 0;
};
Durations resolve_minutes(Connection& db, model::IncidentType type, model::Priority severity, std::int64_t most);
/// People who asked in tickets that were caused by the incident; some may be there twice.
std::vector<std::string> requesters_of(Connection& db, model::Ref const& incident);

Rest list_incidents(Connection& db, query::Query const& query, std::function<bool(model::Incident&)> const& visit);

}  // namespace umsops::store
