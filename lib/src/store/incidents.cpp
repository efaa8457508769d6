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

/// `model::is_muted` and `model::update_state_at` as SQL.
std::string computed_sql(Schema const&, base::Field const& field) {
  if (field.name == "muted") return "(CASE WHEN silenced_by IS NULL AND inhibited_by IS NULL THEN 0 ELSE 1 END)";
  return field.name == "update"
             ? "(CASE WHEN update_due_at <= $now THEN 'OVERDUE' WHEN update_due_at > $now THEN 'DUE' END)"
             : "";
}

constexpr std::string_view kFinished[] = {"RESOLVED", "CLOSED"};

}  // namespace

RecordTable const& incident_table() {
  static RecordTable const kTable =
      RecordTable::made({.type = model::incident_type(),
                         .name = "incidents",
                         .not_found = base::errors::incident_not_found,
                         .created = "created_at",
                         .keyed = true,
                         .derives = true,
                         .key_nouns = kKeyNouns,
                         .newest_first = true,
                         .split = {"status", "status NOT IN ('RESOLVED', 'CLOSED')", kFinished},
                         .narrow = {"id", "incident_number"},
                         .computed = computed_sql,
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

void update_incident_counts(WriteTx& tx, model::Incident const& incident) {
  update_derived(tx, incident_table(), to_columns(incident_table(), model::to_row(incident)), incident.rev);
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

Rest list_incidents(Connection& db, query::Query const& query, std::function<bool(model::Incident&)> const& visit) {
  return list_records(db, incident_table(), query, [&](Columns const& columns) {
    model::Incident incident = to_incident(columns);
    return visit(incident);
  });
}

}  // namespace umsops::store
