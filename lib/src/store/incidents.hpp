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
std::optional<model::Incident> incident_at(Connection& db, std::int64_t n);
/// The newest one that stands for alarms of that key.
std::optional<model::Incident> find_incident_of_alarms(Connection& db, std::string_view dedup_key);
/// Those that are neither RESOLVED nor CLOSED, newest first. Ends when `visit` gives false.
void open_incidents(Connection& db, std::function<bool(model::Incident const&)> const& visit);
Rest list_incidents(Connection& db, query::Query const& query, std::function<bool(model::Incident&)> const& visit);

}  // namespace umsops::store
