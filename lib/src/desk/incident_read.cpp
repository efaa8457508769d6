// SPDX-License-Identifier: Apache-2.0
#include "desk/incident_read.hpp"

#include <algorithm>
#include <iterator>

#include "desk/decisions.hpp"
#include "desk/record_search.hpp"
#include "desk/review_steps.hpp"
#include "store/escalations.hpp"
#include "store/event_log.hpp"
#include "store/incidents.hpp"
#include "store/timeline_entries.hpp"
#include "umsops/base/text.hpp"
#include "umsops/desk/incident_labels.hpp"

namespace umsops::desk {
namespace {

/// Each move between states, as the history tells of it.
std::vector<model::TimelineEntry> moves_in(std::vector<model::Event> const& history, model::Ref const& record) {
  std::vector<model::TimelineEntry> moves;
  for (model::Event const& event : history) {
    for (model::Change const& change : event.changes) {
      if (change.field != "status") continue;
      model::TimelineEntry move;
      move.record = record;
      move.kind = model::TimelineKind::state;
      move.at = move.recorded_at = event.at;
      move.author = event.actor.name;
      std::string const from(change.before.text()), to(change.after.text());
      move.text = (from.empty() ? "" : from + " -> ") + to + (event.reason.empty() ? "" : ": " + event.reason);
      move.data = base::Value::Object{{"from", base::text_or_null(from)}, {"to", to}};
      moves.push_back(std::move(move));
    }
  }
  return moves;
}

/// What was written down of it, and how it moved.
std::vector<model::TimelineEntry> told_of(store::Connection& db, model::Ref const& record,
                                          std::vector<model::Event> const& history) {
  auto entries = store::timeline_of(db, record);
  auto moves = moves_in(history, record);
  std::move(moves.begin(), moves.end(), std::back_inserter(entries));
  return entries;
}

std::optional<NextEscalation> next_escalation(OpenDesk& desk, store::Connection& db, model::Incident const& incident) {
  if (!incident.escalation_from) return std::nullopt;
  auto const* const policy = ladder::policy_for(desk.escalation(), incident);
  auto const step = ladder::next_step(policy, incident, taken_of(db, incident));
  if (!step) return std::nullopt;
  return NextEscalation{policy->name, step->id, step->at, step->step->notify};
}

}  // namespace

WholeIncident whole_incident(OpenDesk& desk, store::Connection& db, model::Incident incident) {
  WholeIncident whole;
  whole.incident = std::move(incident);
  auto const labels = label_sets(whole.incident).front();
  whole.labels.assign(labels.begin(), labels.end());
  whole.next_escalation = next_escalation(desk, db, whole.incident);
  whole.history = store::events_of(db, model::incident_type().noun, whole.incident.id);
  whole.escalations = store::escalations_of(db, model::ref_of(whole.incident));
  whole.links = shown_links(db, model::ref_of(whole.incident));
  whole.timeline = told_of(db, model::ref_of(whole.incident), whole.history);
  if (auto const review = review_of(db, whole.incident)) whole.review = review->review_number;
  whole.merged = merged_into(db, whole.incident);
  for (auto const& merged : whole.merged) {
    auto const record = model::ref_of(merged);
    auto entries = told_of(db, record, store::events_of(db, record.noun, record.id));
    std::move(entries.begin(), entries.end(), std::back_inserter(whole.timeline));
    for (auto& link : shown_links(db, record)) {
      if (link.other != whole.incident.incident_number) whole.links.push_back(std::move(link));
    }
  }
  // What was written down at the time of a move is its reason, and stands before it.
  std::stable_sort(whole.timeline.begin(), whole.timeline.end(),
                   [](auto const& a, auto const& b) { return a.at < b.at; });
  return whole;
}

ListEnd IncidentDesk::list(query::Query const& query, std::function<bool(model::Incident const&)> const& visit) {
  ListEnd end;
  auto* const store = desk_.reading();
  if (!store) return end;
  auto const now = desk_.now();
  auto& db = store->connection();
  auto const found = with_found(db, model::incident_type(), query, &end.unsearched);
  auto const rest = store::list_incidents(db, found, [&](model::Incident& incident) {
    ++end.count;
    incident.update = model::update_state_at(incident, now);
    return visit(incident);
  });
  end.truncated = rest.truncated;
  end.next = rest.next;
  return end;
}

std::int64_t IncidentDesk::count(query::Filter const& filter) {
  auto* const store = desk_.reading();
  if (!store) return 0;
  auto& db = store->connection();
  return store::count_records(db, store::incident_table(), with_found(db, model::incident_type(), filter));
}

WholeIncident IncidentDesk::show(std::string const& id) {
  auto* const store = desk_.reading();
  if (!store) refuse_absent(incidents(), id);
  store::ReadTx const view(*store);
  auto whole = whole_incident(desk_, store->connection(), find_incident(desk_, store->connection(), id));
  restore_reasons(desk_, whole.incident);
  return whole;
}

std::vector<model::Event> IncidentDesk::history(std::string const& id) {
  auto* const store = desk_.reading();
  if (!store) refuse_absent(incidents(), id);
  store::ReadTx const view(*store);
  auto const incident = find_incident(desk_, store->connection(), id);
  return store::events_of(store->connection(), model::incident_type().noun, incident.id);
}

std::vector<std::pair<std::string, std::string>> IncidentDesk::complete(std::string const& prefix, std::size_t most) {
  std::vector<std::pair<std::string, std::string>> out;
  auto* const store = desk_.reading();
  if (!store) return out;
  for (auto const& columns : store::find_by_prefix(store->connection(), store::incident_table(), prefix, most)) {
    auto incident = store::to_incident(columns);
    out.emplace_back(std::move(incident.incident_number), std::move(incident.title));
  }
  return out;
}

}  // namespace umsops::desk
