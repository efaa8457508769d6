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
/// By the row key, from the newest one on: as many rows as are asked for, however many there are.
constexpr std::string_view kNewest =
    "SELECT n, title, source, dedup_key, type, severity, status, detected_at, resolved_at, affected_services, "
    "attributes, CASE WHEN EXISTS (SELECT 1 FROM links AS l WHERE l.noun = 'incident' AND l.record = incidents.n AND "
    "l.kind = 'duplicate-of') THEN 1 ELSE 0 END FROM incidents ORDER BY n DESC LIMIT $1";
constexpr std::string_view kDurations =
    "SELECT CASE WHEN type = $1 AND severity = $2 AND resolved_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM links AS l "
    "WHERE l.noun = 'incident' AND l.record = incidents.n AND l.kind = 'duplicate-of') THEN 1 ELSE 0 END, detected_at, "
    "resolved_at FROM incidents ORDER BY n DESC LIMIT $3";
constexpr std::string_view kRequesters =
    "SELECT t.requester_id FROM links AS l JOIN support_tickets AS t ON t.n = l.record WHERE l.other_noun = 'incident' "
    "AND l.other = $1 AND l.kind = 'caused-by' AND l.noun = 'ticket' AND t.requester_id IS NOT NULL";

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

std::optional<model::Incident> find_incident_by_id(Connection& db, std::string_view id) {
  auto const columns = find_record(db, incident_table(), By::id, id);
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

namespace {

template <class Value>
Value known(std::optional<Value> const& word) {
  if (word) return *word;
  throw base::Error(base::errors::store_damaged, {{"problem", "an incident with an unknown word"}});
}

}  // namespace

std::int64_t visit_newest_incidents(Connection& db, std::int64_t most,
                                    std::function<void(PastIncident const&)> const& visit) {
  Reading rows(db.prepare(kNewest));
  rows->bind(1, most);
  std::int64_t count = 0;
  for (PastIncident past; rows->step(); ++count) {
    past.n = rows->integer(0);
    past.title = rows->text(1);
    past.source = rows->text(2);
    past.dedup_key = rows->text(3);
    past.type = known(model::parse_incident_type(rows->text(4)));
    past.severity = known(model::parse_priority(rows->text(5)));
    past.status = known(model::parse_incident_status(rows->text(6)));
    past.detected_at = rows->time_at(7);
    past.resolved_at = rows->is_null(8) ? std::nullopt : std::optional(rows->time_at(8));
    past.services = rows->text(9);
    past.attributes = rows->text(10);
    past.merged = rows->integer(11) != 0;
    visit(past);
  }
  return count;
}

Durations resolve_minutes(Connection& db, model::IncidentType type, model::Priority severity, std::int64_t most) {
  Durations out;
  Reading rows(db.prepare(kDurations));
  rows->bind(1, model::to_string(type)).bind(2, model::to_string(severity)).bind(3, most);
  for (; rows->step(); ++out.looked_at) {
    if (rows->integer(0) == 0) continue;
    out.minutes.push_back((rows->time_at(2) - rows->time_at(1)) / base::Milliseconds{60'000});
  }
  return out;
}

std::vector<std::string> requesters_of(Connection& db, model::Ref const& incident) {
  std::int64_t const n = place_of(db, incident_table(), incident.id);
  std::vector<std::string> people;
  Reading rows(db.prepare(kRequesters));
  rows->bind(1, n);
  while (rows->step()) people.push_back(rows->text(0));
  return people;
}

Rest list_incidents(Connection& db, query::Query const& query, std::function<bool(model::Incident&)> const& visit) {
  return list_records(db, incident_table(), query, [&](Columns const& columns) {
    model::Incident incident = to_incident(columns);
    return visit(incident);
  });
}

}  // namespace umsops::store
