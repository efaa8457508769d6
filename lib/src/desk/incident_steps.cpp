// SPDX-License-Identifier: Apache-2.0
#include "desk/incident_steps.hpp"

#include <algorithm>

#include "desk/announce.hpp"
#include "desk/article_steps.hpp"
#include "desk/assignees.hpp"
#include "desk/change.hpp"
#include "desk/history.hpp"
#include "desk/incident_links.hpp"
#include "desk/incident_muting.hpp"
#include "desk/record_hooks.hpp"
#include "desk/silences.hpp"
#include "model/changes.hpp"
#include "store/escalations.hpp"
#include "store/executions.hpp"
#include "store/incidents.hpp"
#include "store/keys.hpp"
#include "store/record_ref.hpp"
#include "store/timeline_entries.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/base/number.hpp"
#include "umsops/lifecycle/incident_acts.hpp"
#include "umsops/model/key_nouns.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using base::Value;
using model::Incident;

constexpr std::string_view kTimeline = "timeline";

/// True when this very note was stored under the key before.
bool is_known(store::WriteTx& tx, Incident const& incident, Note const& note, std::string const& content) {
  if (note.key.empty()) return false;
  auto const row = store::find_key(tx.connection(), model::kIncidentNoteKeys, note.key);
  if (!row) return false;
  if (row->record != store::place_of(tx.connection(), model::ref_of(incident)) || row->content_hash != content)
    throw Error(base::errors::incident_key_content, {{"key", note.key}, {"id", incident.incident_number}});
  return true;
}

/// The entries of one event in one member: in its changes a name stands once.
std::vector<model::Change> joined_entries(std::vector<model::Change> further) {
  Value::List ids;
  std::vector<model::Change> out;
  for (auto& change : further) {
    if (change.field != kTimeline) {
      out.push_back(std::move(change));
    } else {
      ids.push_back(std::move(change.after));
    }
  }
  if (ids.size() == 1) out.push_back({std::string(kTimeline), {}, std::move(ids.front())});
  if (ids.size() > 1) out.push_back({std::string(kTimeline), {}, std::move(ids)});
  return out;
}

bool matters_more(Incident const& before, Incident const& after) {
  return after.severity > before.severity || after.priority > before.priority || after.impact > before.impact ||
         after.business_impact > before.business_impact;
}

/// Who is told of incidents as a whole: that one has become theirs, and that service is back. One that goes on in
/// another is no news.
void announce_step(OpenDesk& desk, store::WriteTx& tx, Incident const& before, Incident const& after,
                   std::string_view kind) {
  bool const heard = model::is_muted(before) && !model::is_muted(after);
  if (model::is_active(after.status) && (heard || matters_more(before, after)))
    announce(desk, tx, after, "incident.alert", "audiences");
  if (model::is_active(before.status) && !model::is_active(after.status) && kind != "merged")
    announce(desk, tx, after, "incident.recovered", "told");
}

}  // namespace

query::Filter incidents_that(bool (*are)(model::IncidentStatus)) {
  std::vector<base::Value> states;
  for (auto const status : model::incident_status_names()) {
    if (are(*model::parse_incident_status(status))) states.emplace_back(status);
  }
  return query::condition_on(model::incident_type().require("status"), query::Op::eq, std::move(states));
}

query::Query open_incidents() {
  query::Query query;
  query.filter = incidents_that(model::is_open);
  return query;
}

Subject const& incidents() {
  static Subject const kIncidents{store::incident_table(), base::errors::incident_ambiguous,
                                  base::errors::incident_stale, &OpenDesk::incident_numbers};
  return kIncidents;
}

Incident find_incident(OpenDesk& desk, store::Connection& db, std::string const& typed) {
  Incident incident = store::to_incident(find_record(desk, db, incidents(), typed));
  incident.update = model::update_state_at(incident, desk.now());
  return incident;
}

IncidentStep store_step(OpenDesk& desk, store::WriteTx& tx, Incident const& before, Incident after, char const* kind,
                        std::string const& reason, std::vector<model::Change> further) {
  auto step = store_one_of_many(desk, tx, before, std::move(after), kind, reason, std::move(further));
  if (mutes_no_more(before, step.incident)) release_muted(desk, tx);
  return step;
}

bool mutes_no_more(Incident const& before, Incident const& after) {
  return model::is_active(before.status) && !model::is_active(after.status);
}

IncidentStep store_one_of_many(OpenDesk& desk, store::WriteTx& tx, Incident const& before, Incident after,
                               char const* kind, std::string const& reason, std::vector<model::Change> further) {
  if (further.empty() && model::changes_between(model::incident_type(), to_row(before), to_row(after)).empty())
    return {before, false};
  HookedIncident seen = hooked(desk, &before, std::move(after));
  if (!seen.ran.is_null()) further.push_back(hooks_change(std::move(seen.ran)));
  return store_unhooked_step(desk, tx, before, std::move(seen.record), kind, reason, std::move(further));
}

IncidentStep store_unhooked_step(OpenDesk& desk, store::WriteTx& tx, Incident const& before, Incident after,
                                 char const* kind, std::string const& reason, std::vector<model::Change> further) {
  after.rev = before.rev + 1;
  // A clock that was set back must not make an incident older than its creation.
  after.updated_at = std::max(desk.now(), after.created_at);
  if (after.status != before.status) count_as_update(desk, after);
  after.update_due_at = ladder::update_due(desk.escalation(), after);
  after.update = model::update_state_at(after, desk.now());
  refuse_unsound(after);
  store_record(desk, tx, store::incident_table(), to_row(before), to_row(after),
               {kind, reason, joined_entries(std::move(further))});
  announce_step(desk, tx, before, after, kind);
  return {std::move(after), true};
}

model::TimelineEntry const& entry_named(std::vector<model::TimelineEntry> const& timeline, Incident const& incident,
                                        std::string const& name) {
  auto const place = base::parse_integer(name, 1, static_cast<std::int64_t>(timeline.size()));
  if (place) return timeline[static_cast<std::size_t>(*place) - 1];
  auto const found =
      std::find_if(timeline.begin(), timeline.end(), [&](auto const& entry) { return entry.id == name; });
  if (found != timeline.end()) return *found;
  throw Error(base::errors::timeline_not_found, {{"id", incident.incident_number}, {"entry", name.substr(0, 80)}});
}

void count_as_update(OpenDesk& desk, Incident& incident) { incident.last_update_at = desk.now(); }

model::TimelineEntry entry_of(OpenDesk& desk, Incident const& incident, model::TimelineKind kind, std::string text) {
  model::TimelineEntry entry;
  entry.id = desk.ids().next_id(desk.now());
  entry.record = model::ref_of(incident);
  entry.kind = kind;
  entry.at = entry.recorded_at = desk.now();
  entry.author = desk.options().actor.name;
  entry.text = std::move(text);
  return entry;
}

model::Change write_entry(store::WriteTx& tx, model::TimelineEntry const& entry) {
  refuse_unsound(entry);
  store::insert_timeline_entry(tx, entry);
  return {std::string(kTimeline), {}, entry.id};
}

ladder::Taken taken_of(store::Connection& db, Incident const& incident) {
  ladder::Taken taken;
  for (auto const& step : store::taken_steps_of(db, model::ref_of(incident))) taken.emplace(step.generation, step.step);
  return taken;
}

std::size_t acknowledgements_wanted(OpenDesk& desk, Incident const& incident) {
  auto const* const policy = ladder::policy_for(desk.escalation(), incident);
  return policy ? static_cast<std::size_t>(policy->acknowledgements) : 1;
}

IncidentStep write_note(OpenDesk& desk, store::WriteTx& tx, Incident const& incident, Note const& note,
                        std::string const& reason) {
  Value::List said{note.text, note.at ? Value(*note.at) : Value(), note.corrects, Value(note.pinned)};
  if (note.published) said.emplace_back("published");
  std::string const content = store::content_hash(base::to_json(std::move(said)));
  if (is_known(tx, incident, note, content)) return {incident, false};
  auto entry = entry_of(desk, incident, model::TimelineKind::note, note.text);
  entry.at = note.at ? *note.at : note.said_at.value_or(desk.now());
  if (!note.corrects.empty())
    entry.corrects =
        entry_named(store::timeline_of(tx.connection(), model::ref_of(incident)), incident, note.corrects).id;
  entry.pinned = note.pinned;
  if (note.published) entry.data = Value::Object{{"published", true}};
  auto const told = write_entry(tx, entry);
  for (auto const& audience : note.tell)
    announce(desk, tx, incident, "incident.update", "audience:" + audience, note.text);
  if (!note.key.empty()) store::insert_key(tx, model::kIncidentNoteKeys, note.key, model::ref_of(incident), content);
  Incident after = incident;
  count_as_update(desk, after);
  return store_step(desk, tx, incident, std::move(after), "noted", reason, {told});
}

IncidentStep hand_over(OpenDesk& desk, store::WriteTx& tx, Incident const& incident, Hand hand, std::string const& to,
                       std::string const& reason) {
  std::string const& actor = desk.options().actor.name;
  if (hand == Hand::release) {
    return store_step(desk, tx, incident, lifecycle::released(incident), "released", reason);
  }
  if (hand == Hand::claim && !incident.assigned_to.empty() && incident.assigned_to != actor) {
    throw Error(base::errors::incident_claimed, {{"id", incident.incident_number}, {"assignee", incident.assigned_to}});
  }
  if (hand != Hand::give) refuse_stranger(desk, actor);
  Pick const pick = hand == Hand::give ? pick_assignee(desk, tx, work_of(incident), to) : Pick{actor, "", "", {}};
  auto step = store_step(desk, tx, incident, lifecycle::assigned(incident, pick.person), "assigned", reason);
  if (!step.changed) return step;
  note_pick(desk, tx, pick);
  announce(desk, tx, step.incident, "incident.assigned", pick.person);
  return step;
}

IncidentStep verify(OpenDesk& desk, store::WriteTx& tx, Incident const& incident, model::EvidenceKind kind,
                    RecoveryWord const& word, std::string const& reason) {
  Incident after = lifecycle::verified(incident, word.passed, desk.now());
  auto entry = entry_of(desk, incident, model::TimelineKind::evidence, word.note);
  entry.data = Value::Object{{"evidence", model::to_string(kind)}, {"passed", word.passed}};
  auto const told = write_entry(tx, entry);
  return store_step(desk, tx, incident, std::move(after), word.passed ? "recovered" : "failed", reason, {told});
}

namespace {

/// Where nothing is said: what the runbook states that repaired it last.
IncidentResolve stated(store::Connection& db, Incident const& incident, IncidentResolve resolution) {
  if (!resolution.text.empty() || !model::is_open(incident.status)) return resolution;
  for (auto const& one : store::executions_of(db, store::place_of(db, model::ref_of(incident)))) {
    if (one.state != runbook::State::succeeded || one.resolution.empty()) continue;
    resolution.text = one.resolution;
    if (!one.root_cause.empty() && resolution.root_cause.empty()) resolution.root_cause = one.root_cause;
  }
  return resolution;
}

}  // namespace

IncidentStep resolve(OpenDesk& desk, store::WriteTx& tx, Incident const& incident, IncidentResolve const& said,
                     std::string const& reason) {
  auto const resolution = stated(tx.connection(), incident, said);
  Incident after =
      lifecycle::resolved(incident, {resolution.text, resolution.root_cause, resolution.force}, desk.now());
  if (resolution.force && reason.empty()) {
    throw Error(base::errors::usage_missing, {{"what", "--reason"}, {"command", "incident resolve"}});
  }
  auto step = store_step(desk, tx, incident, std::move(after), "resolved", reason);
  if (!step.changed) return step;
  auto const over = incident.incident_number + " is RESOLVED";
  end_silences_of(desk, tx, incident.incident_number, over);
  for (auto const& merged : merged_into(tx.connection(), incident))
    end_silences_of(desk, tx, merged.incident_number, over);
  announce(desk, tx, step.incident, "incident.resolved", step.incident.reported_by);
  if (!resolution.knowledge.empty()) note_used_for(desk, tx, resolution.knowledge, incident.incident_number, true);
  return step;
}

IncidentStep reopen(OpenDesk& desk, store::WriteTx& tx, Incident const& incident, std::string const& reason) {
  auto step = store_step(desk, tx, incident, lifecycle::reopened(incident), "reopened", reason);
  if (step.changed) announce(desk, tx, step.incident, "incident.reopened", step.incident.assigned_to);
  return step;
}

}  // namespace umsops::desk
