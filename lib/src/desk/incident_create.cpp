// SPDX-License-Identifier: Apache-2.0
#include "desk/incident_create.hpp"

#include "desk/announce.hpp"
#include "desk/article_suggest.hpp"
#include "desk/assignees.hpp"
#include "desk/change.hpp"
#include "desk/history.hpp"
#include "desk/incident_batch.hpp"
#include "desk/incident_judgement.hpp"
#include "desk/incident_links.hpp"
#include "desk/incident_muting.hpp"
#include "desk/incident_steps.hpp"
#include "desk/known_key.hpp"
#include "desk/record_hooks.hpp"
#include "model/changes.hpp"
#include "store/event_log.hpp"
#include "store/incidents.hpp"
#include "store/keys.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"
#include "umsops/lifecycle/incident_acts.hpp"
#include "umsops/model/key_nouns.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using base::Value;
using model::Incident;

/// Hash of all that the caller said: what must be the same when a key comes again.
std::string content_of(NewIncident const& wanted) {
  Value::Object said;
  for (auto const& [field, value] : wanted.sets) {
    said.emplace_back(std::string(model::incident_type().fields[field].name), value);
  }
  Value::List content{std::move(said), wanted.assigned_to};
  if (!wanted.beside.is_null()) content.push_back(wanted.beside);
  return store::content_hash(base::to_json(std::move(content)));
}

void append_first(OpenDesk& desk, store::WriteTx& tx, Incident const& incident, std::string const& state,
                  std::string const& reason) {
  model::Event created = first_event(desk, incident, "created", reason);
  store::append_event(tx, created, state, desk.ids());
}

IncidentResult known_key(OpenDesk& desk, store::WriteTx& tx, NewIncident const& wanted, Incident const& draft,
                         IncidentDesk::CreateOptions const& options, store::KeyRow const& row) {
  auto stored = store::incident_at(tx.connection(), row.record);
  if (!stored) throw Error(base::errors::store_damaged, {{"problem", "key " + wanted.key + " names no incident"}});
  // What was filed with the key may go on in another one.
  if (stored->status == model::IncidentStatus::closed) *stored = behind_merges(tx.connection(), *std::move(stored));
  auto const act = act_on_known_key(
      options.on_duplicate,
      {wanted.key, stored->incident_number, model::is_open(stored->status), base::errors::incident_key_exists});
  if (act == KeyAct::reopen)
    return result_of(reopen(desk, tx, *stored, options.reason.empty() ? draft.title : options.reason));
  if (act == KeyAct::comment) {
    Note note;
    note.text = comment_text(draft.title, draft.description);
    return result_of(write_note(desk, tx, *stored, note, options.reason));
  }
  if (act == KeyAct::give_back && !row.content_hash.empty() && row.content_hash != content_of(wanted))
    throw Error(base::errors::incident_key_content, {{"key", wanted.key}, {"id", stored->incident_number}});
  IncidentResult result;
  result.incident = *std::move(stored);
  result.incident.update = model::update_state_at(result.incident, desk.now());
  result.result = Result::existing;
  return result;
}

}  // namespace

Incident drafted(OpenDesk& desk, NewIncident const& wanted, Incident known) {
  Incident incident = std::move(known);
  incident.created_at = incident.updated_at = desk.now();
  if (incident.detected_at == model::TimePoint{}) incident.detected_at = wanted.said_at.value_or(desk.now());
  incident.reported_by = desk.options().actor.name;
  for (auto const& [field, value] : wanted.sets) model::set(incident, field, value);
  if (incident.detected_at > desk.now()) {
    throw Error(base::errors::record_invalid, {{"field", "detected_at"}, {"problem", "in the future"}});
  }
  incident.id = desk.ids().next_id(incident.created_at);
  incident.key = wanted.key;
  refuse_unsound(incident);
  std::vector<std::string> said;
  for (auto const& set : wanted.sets) said.emplace_back(model::incident_type().fields[set.first].name);
  judge(desk, incident, said);
  refuse_unsound(incident);  // what rules extract is text from outside, too
  return incident;
}

IncidentResult store_new_incident(OpenDesk& desk, store::WriteTx& tx, NewIncident const& wanted, Incident const& draft,
                                  std::string const& reason, IncidentParts const& parts, Mutings const* mutings) {
  HookedIncident seen = hooked(desk, nullptr, draft);
  IncidentResult result;
  Incident& incident = result.incident = std::move(seen.record);
  if (!wanted.assigned_to.empty()) {
    Pick const pick = pick_assignee(desk, tx, work_of(incident), wanted.assigned_to);
    incident = lifecycle::assigned(std::move(incident), pick.person);
    note_pick(desk, tx, pick);
  }
  incident.incident_number =
      desk.incident_numbers().render(store::next_number(tx, store::incident_table()), incident.created_at);
  Incident const as_wanted = incident;
  incident.escalation_from = desk.now();
  count_as_update(desk, incident);
  std::optional<Mutings> own;
  if (!mutings) mutings = &own.emplace(desk, tx.connection());
  auto const muted = mute_as(desk, incident, mutings->reasons(incident, desk.now()));
  incident.update_due_at = ladder::update_due(desk.escalation(), incident);
  incident.update = model::update_state_at(incident, desk.now());
  std::string const content = wanted.key.empty() ? std::string() : content_of(wanted);
  std::string const state = store::insert_incident(tx, incident, {.key_content = content});
  if (parts) parts(tx, incident);
  if (muted) write_entry(tx, *muted);
  append_first(desk, tx, incident, state, reason);
  if (!seen.ran.is_null()) {
    auto by_hooks = model::changes_between(model::incident_type(), to_row(draft), to_row(as_wanted));
    by_hooks.push_back(hooks_change(std::move(seen.ran)));
    auto event = event_of(desk, model::ref_of(incident), incident.rev, {"hooked", "", std::move(by_hooks)});
    store::append_event(tx, event, {}, desk.ids());
  }
  announce(desk, tx, incident, "incident.assigned", incident.assigned_to);
  announce(desk, tx, incident, "incident.alert", "audiences");
  return result;
}

std::optional<IncidentResult> filed_before(OpenDesk& desk, store::WriteTx& tx, NewIncident const& wanted,
                                           Incident const& draft, IncidentDesk::CreateOptions const& options) {
  auto const known =
      wanted.key.empty() ? std::nullopt : store::find_key(tx.connection(), model::kIncidentKeys, wanted.key);
  return known ? std::optional(known_key(desk, tx, wanted, draft, options, *known)) : std::nullopt;
}

IncidentResult IncidentDesk::create(NewIncident const& wanted, CreateOptions const& options) {
  Incident const draft = drafted(desk_, wanted);
  if (options.dry_run && desk_.absent_default()) {
    HookedIncident seen = run_hooks(desk_, draft);
    seen.record.incident_number = desk_.incident_numbers().render(1, seen.record.created_at);
    return {std::move(seen.record), Result::created, true, std::move(seen.feedback)};
  }
  Mutings const mutings(desk_, desk_.writing().connection());
  auto result = desk_.write([&](store::WriteTx& tx) {
    auto known = filed_before(desk_, tx, wanted, draft, options);
    IncidentResult made =
        known ? *std::move(known) : store_new_incident(desk_, tx, wanted, draft, options.reason, {}, &mutings);
    made.dry_run = options.dry_run;
    made.warnings = desk_.hooks().take_feedback();
    if (options.dry_run || made.result == Result::existing) tx.discard();
    return made;
  });
  // Behind the commit: nobody waits for it.
  if (options.suggest && result.result == Result::created && !options.dry_run)
    result.suggestions = suggest_articles(desk_.writing(), result.incident.title, false);
  return result;
}

}  // namespace umsops::desk
