// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

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
/// The newest one that stands for alarms of that key.
std::optional<model::Incident> find_incident_of_alarms(Connection& db, std::string_view dedup_key);
Rest list_incidents(Connection& db, query::Query const& query, std::function<bool(model::Incident&)> const& visit);

}  // namespace umsops::store
