// SPDX-License-Identifier: Apache-2.0
#include "store/incidents.hpp"

#include "model/packed_classification.hpp"
#include "store/record_row.hpp"
#include "umsops/base/error.hpp"
#include "umsops/model/key_nouns.hpp"

namespace umsops::store {
namespace {

constexpr std::string_view kKeyNouns[] = {model::kIncidentNoteKeys};
constexpr std::string_view kOfAlarms =
    "SELECT n FROM incidents WHERE dedup_key IS NOT NULL AND dedup_key = $1 ORDER BY n DESC LIMIT 1";
constexpr std::string_view kOpen = "SELECT n FROM incidents WHERE status NOT IN ('RESOLVED', 'CLOSED') ORDER BY n DESC";
constexpr std::string_view kFinished[] = {"RESOLVED", "CLOSED"};

}  // namespace

RecordTable const& incident_table() {
  static RecordTable const kTable =
      RecordTable::made({.type = model::incident_type(),
                         .name = "incidents",
                         .not_found = base::errors::incident_not_found,
                         .created = "created_at",
                         .keyed = true,
                         .key_nouns = kKeyNouns,
                         .newest_first = true,
                         .split = {"status", "status NOT IN ('RESOLVED', 'CLOSED')", kFinished},
                         .narrow = {"id", "incident_number"},
                         .packed = {"classification", model::packed_classification, model::unpacked_classification}});
  return kTable;
}

model::Incident to_incident(Columns const& columns) {
  model::Incident incident;
  each_field(incident_table(), columns,
             [&](std::size_t field, base::Value const& value) { model::set(incident, field, value); });
  for (auto& decision : incident.classification.decisions) {
    // Not stored again: the incident itself says what it carries.
    auto const field = model::incident_type().find(decision.field);
    if (decision.value.empty() && field) decision.value = model::get(incident, *field).text();
    if (decision.origin == "rule" && decision.suggested.empty()) decision.suggested = decision.value;
  }
  return incident;
}

std::string insert_incident(WriteTx& tx, model::Incident const& incident, NewRecord const& brings) {
  return insert_record(tx, incident_table(), to_columns(incident_table(), model::to_row(incident)), brings);
}

std::optional<model::Incident> incident_at(Connection& db, std::int64_t n) {
  auto const columns = record_at(db, incident_table(), n);
  return columns ? std::optional(to_incident(*columns)) : std::nullopt;
}

std::optional<model::Incident> find_incident_of_alarms(Connection& db, std::string_view dedup_key) {
  std::int64_t n = 0;
  {
    Reading row(db.prepare(kOfAlarms));
    row->bind(1, dedup_key);
    if (row->step()) n = row->integer(0);
  }
  return n != 0 ? incident_at(db, n) : std::nullopt;
}

void open_incidents(Connection& db, std::function<bool(model::Incident const&)> const& visit) {
  std::vector<std::int64_t> open;
  {
    Reading rows(db.prepare(kOpen));
    while (rows->step()) open.push_back(rows->integer(0));
  }
  for (auto const n : open) {
    auto const incident = incident_at(db, n);
    if (incident && !visit(*incident)) return;
  }
}

Rest list_incidents(Connection& db, query::Query const& query, std::function<bool(model::Incident&)> const& visit) {
  return list_records(db, incident_table(), query, [&](Columns const& columns) {
    model::Incident incident = to_incident(columns);
    return visit(incident);
  });
}

}  // namespace umsops::store
