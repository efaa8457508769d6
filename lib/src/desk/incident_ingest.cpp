// SPDX-License-Identifier: Apache-2.0
// Alarms of other systems as incidents: what opens one, what belongs to one, and what ends one.
#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <utility>

#include "desk/change.hpp"
#include "desk/history.hpp"
#include "desk/incident_create.hpp"
#include "desk/incident_judgement.hpp"
#include "desk/incident_links.hpp"
#include "desk/incident_muting.hpp"
#include "model/incident_limits.hpp"
#include "store/event_log.hpp"
#include "store/incidents.hpp"
#include "umsops/base/text.hpp"
#include "umsops/desk/incident_labels.hpp"
#include "umsops/lifecycle/incident_acts.hpp"
#include "umsops/model/incident.hpp"

namespace umsops::desk {
namespace {

using alert::Event;
using base::Value;
using model::Incident;

/// What tells this alarm from others of the same incident.
std::string identity_of(Event const& event) {
  return std::string(base::first_code_points(base::trimmed(event.fingerprint).empty() ? event.key : event.fingerprint,
                                             model::kLongestWord));
}

bool has(std::vector<std::string> const& names, std::string const& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

Incident opened_by(OpenDesk& desk, Event const& event) {
  Incident incident;
  incident.created_at = incident.updated_at = desk.now();
  // A clock that goes wrong elsewhere must not make an incident of tomorrow.
  incident.detected_at = std::min(event.starts_at.value_or(desk.now()), desk.now());
  incident.id = desk.ids().next_id(incident.created_at);
  incident.title = event.title;
  incident.description = event.description;
  incident.source = base::first_code_points(event.source, model::kLongestWord);
  incident.reported_by = desk.options().actor.name;
  if (event.severity) incident.severity = *event.severity;
  incident.affected_services = event.services;
  if (incident.affected_services.size() > model::kMostServices) incident.affected_services.resize(model::kMostServices);
  incident.dedup_key = event.key;
  give_labels(incident, event);
  return incident;
}

/// Further alarms make an incident wider and worse, never better: that is for people to say. What `is_elsewhere` stays
/// there.
void widen(Incident& incident, Event const& event, std::function<bool(std::string const&)> const& is_elsewhere = {}) {
  model::add_words(incident.affected_services, event.services, model::kMostServices);
  std::vector<std::string> related;
  for (auto const& alarm : event.related) {
    std::string name(base::first_code_points(alarm, model::kLongestWord));
    bool const known = has(incident.related_alerts, name);
    if (!known && !(is_elsewhere && is_elsewhere(name))) related.push_back(std::move(name));
  }
  model::add_words(incident.related_alerts, related, model::kMostAlerts);
}

/// Alerts that were split off incidents, and where they are now. Read once for each incident of a call.
class SplitOff {
 public:
  /// Id of the incident, not CLOSED, that took the alert over from `incident`; empty: none did.
  std::string holder(store::Connection& db, Incident const& incident, std::string const& alert) {
    for (auto const& [id, alerts] : of(db, incident)) {
      if (has(alerts, alert)) return id;
    }
    return {};
  }

 private:
  using Held = std::vector<std::pair<std::string, std::vector<std::string>>>;

  Held const& of(store::Connection& db, Incident const& incident) {
    auto const [place, fresh] = known_.try_emplace(incident.id);
    if (fresh) {
      for (auto& other : relating_to(db, incident))
        place->second.emplace_back(std::move(other.id), std::move(other.related_alerts));
    }
    return place->second;
  }

  std::map<std::string, Held> known_;
};

model::TimelineEntry told(OpenDesk& desk, Incident const& incident, Event const& event) {
  auto entry = entry_of(desk, incident, model::TimelineKind::alert, event.title.empty() ? event.key : event.title);
  bool const over = event.state == alert::State::resolved;
  entry.at = std::min((over ? event.ends_at : event.starts_at).value_or(desk.now()), desk.now());
  Value::Object data{{"state", alert::to_string(event.state)}, {"fingerprint", base::text_or_null(event.fingerprint)}};
  if (event.key != incident.dedup_key) data.emplace_back("key", event.key);
  entry.data = std::move(data);
  return entry;
}

/// What becomes of the incidents by the events of one call.
class Ingestion {
 public:
  Ingestion(OpenDesk& desk, store::WriteTx& tx, IngestOptions const& options, Mutings& mutings)
      : desk_(desk), tx_(tx), options_(options), mutings_(mutings) {}

  IngestResult take(Event const& event) {
    auto known = store::find_incident_of_alarms(tx_.connection(), event.key);
    if (known && known->status == model::IncidentStatus::closed)
      known = behind_merges(tx_.connection(), *std::move(known));
    if (known && !has(known->related_alerts, identity_of(event))) {
      auto const id = split_off_.holder(tx_.connection(), *known, identity_of(event));
      auto holder = id.empty() ? std::nullopt : store::find_incident_by_id(tx_.connection(), id);
      if (holder && may_go_on(*holder)) known = std::move(holder);
    }
    if (known && !may_go_on(*known)) known.reset();
    auto result = known ? take_known(*known, event) : take_new(event);
    if (result.kind != IngestResult::Kind::ignored) mutings_.note(result.incident);
    if (known && mutes_no_more(*known, result.incident)) released_ = true;
    return result;
  }
  /// Whether an incident has recovered that may have muted others.
  bool released() const { return released_; }

 private:
  /// A RESOLVED incident within its window is the same one; after it, and once CLOSED, an alarm opens another.
  bool may_go_on(Incident const& incident) const {
    if (model::is_open(incident.status)) return true;
    if (incident.status == model::IncidentStatus::closed || !incident.resolved_at) return false;
    return desk_.now() - *incident.resolved_at <= options_.reopen_window;
  }

  IngestResult take_new(Event const& event) {
    if (event.state == alert::State::resolved) return note_unheard(event);
    IngestResult result{IngestResult::Kind::created, open(event), {}};
    if (event.state == alert::State::acknowledged) result.incident = acknowledge(result.incident).incident;
    return result;
  }

  /// The end of what nobody heard fire: no incident, but the history tells that it came.
  IngestResult note_unheard(Event const& event) {
    auto told = event_of(desk_, {std::string(model::incident_type().noun), {}}, 0,
                         {"never_fired", "", {{"dedup_key", {}, event.key}}});
    store::append_event(tx_, told, {}, desk_.ids());
    return {IngestResult::Kind::ignored, {}, "never_fired"};
  }

  IngestResult take_known(Incident const& known, Event const& event) {
    if (event.state == alert::State::firing) return fire(known, event);
    if (event.state == alert::State::resolved) return end(known, event);
    auto const step = acknowledge(known);
    return {step.changed ? IngestResult::Kind::updated : IngestResult::Kind::unchanged, step.incident, {}};
  }

  Incident open(Event const& event) {
    Incident draft = opened_by(desk_, event);
    widen(draft, event);
    std::vector<std::string> said;
    if (event.severity) said.emplace_back("severity");
    judge(desk_, draft, said, event.severity);
    hear(draft, event);
    refuse_unsound(draft);
    NewIncident wanted;
    return store_new_incident(
               desk_, tx_, wanted, draft, "",
               [&](store::WriteTx& tx, Incident const& stored) { write_entry(tx, told(desk_, stored, event)); },
               &mutings_)
        .incident;
  }

  IncidentStep acknowledge(Incident const& incident) {
    if (!model::is_open(incident.status)) return {incident, false};
    auto after = lifecycle::acknowledged(incident, desk_.options().actor.name, desk_.now(),
                                         acknowledgements_wanted(desk_, incident));
    return store_one_of_many(desk_, tx_, incident, std::move(after), "acknowledged", "");
  }

  /// The alarm came once more, and fires.
  void hear(Incident& incident, Event const& event) const {
    auto const identity = identity_of(event);
    auto& firing = incident.firing_alerts;
    if (!has(firing, identity) && firing.size() < model::kMostAlerts) firing.push_back(identity);
    incident.alert_count = incident.alert_count.value_or(0) + 1;
    incident.last_alert_at = desk_.now();
    if (!incident.first_alert_at) incident.first_alert_at = desk_.now();
  }

  /// The same alarm again is counted; one that comes back, or says something else, is told.
  IngestResult fire(Incident const& incident, Event const& event) {
    // Of more alerts than are noted the rest is taken for known.
    auto const& firing = incident.firing_alerts;
    bool const fired_all_along = firing.size() == model::kMostAlerts || has(firing, identity_of(event));
    bool const over = !fired_all_along && !model::is_active(incident.status);
    Incident after = over ? lifecycle::alarmed_again(incident, desk_.now()) : incident;
    widen(after, event,
          [&](std::string const& alert) { return !split_off_.holder(tx_.connection(), incident, alert).empty(); });
    bool const says_more = after.affected_services.size() != incident.affected_services.size() ||
                           after.related_alerts.size() != incident.related_alerts.size();
    hear(after, event);
    if (fired_all_along && !says_more) {
      store::update_incident_counts(tx_, after);
      return {IngestResult::Kind::unchanged, std::move(after), {}};
    }
    std::vector<model::Change> written{write_entry(tx_, told(desk_, incident, event))};
    if (auto const muted = mute_as(desk_, after, mutings_.reasons(after, desk_.now())))
      written.push_back(write_entry(tx_, *muted));
    auto const step =
        store_one_of_many(desk_, tx_, incident, std::move(after), over ? "reopened" : "alarmed", "", written);
    return {over ? IngestResult::Kind::reopened : IngestResult::Kind::updated, step.incident, {}};
  }

  alert::ResolvePolicy policy_of(Event const& event) const {
    return options_.resolve_on ? *options_.resolve_on : event.resolve_on.value_or(options_.usual);
  }

  /// Whether the end of this alarm, by now taken out, proves that service is back. `last`: it was the one that came
  /// last.
  static bool proves(alert::ResolvePolicy::On on, bool last, Incident const& after) {
    using On = alert::ResolvePolicy::On;
    if (on == On::never) return false;
    return on == On::first || after.firing_alerts.empty() || (on == On::last && last);
  }

  IngestResult end(Incident const& incident, Event const& event) {
    auto const identity = identity_of(event);
    bool const last = !incident.firing_alerts.empty() && incident.firing_alerts.back() == identity;
    Incident after = incident;
    bool const fired = std::erase(after.firing_alerts, identity) != 0;
    auto const policy = policy_of(event);
    bool const recovers = model::is_active(incident.status) && (fired || incident.firing_alerts.empty()) &&
                          proves(policy.on, last, after);
    if (!fired && !recovers) return {IngestResult::Kind::unchanged, incident, {}};
    std::vector<model::Change> written{write_entry(tx_, told(desk_, incident, event))};
    if (!recovers) {
      auto const step = store_one_of_many(desk_, tx_, incident, std::move(after), "cleared", "", std::move(written));
      return {IngestResult::Kind::updated, step.incident, {}};
    }
    auto evidence =
        entry_of(desk_, incident, model::TimelineKind::evidence, event.title.empty() ? event.key : event.title);
    evidence.data = Value::Object{{"evidence", model::to_string(model::EvidenceKind::signal)}, {"passed", true}};
    written.push_back(write_entry(tx_, evidence));
    after = lifecycle::verified(std::move(after), true, desk_.now());
    if (policy.quiet) after.resolves_at = desk_.now() + *policy.quiet;
    auto const step = store_one_of_many(desk_, tx_, incident, std::move(after), "recovered", "", std::move(written));
    return {IngestResult::Kind::recovered, step.incident, {}};
  }

  OpenDesk& desk_;
  store::WriteTx& tx_;
  IngestOptions const& options_;
  Mutings& mutings_;
  SplitOff split_off_;
  bool released_ = false;
};

constexpr std::array<std::string_view, 6> kKinds{"created", "updated", "unchanged", "recovered", "reopened", "ignored"};

}  // namespace

std::string_view to_string(IngestResult::Kind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

std::vector<IngestResult> IncidentDesk::ingest(std::vector<alert::Event> const& events, IngestOptions const& options) {
  // Before the turn: reading all active incidents may take its time, and what mutes one is looked at by each tick
  // again.
  std::optional<Mutings> mutings(std::in_place, desk_, desk_.writing().connection());
  bool fresh = true;
  return desk_.write([&](store::WriteTx& tx) {
    // What a key stands for must stay true until this is stored.
    tx.take_turn();
    // Another try must not know of incidents that the first one did not store in the end.
    if (!std::exchange(fresh, false)) mutings.emplace(desk_, tx.connection());
    Ingestion ingestion(desk_, tx, options, *mutings);
    std::vector<IngestResult> results;
    for (Event const& event : events) {
      desk_.check_interrupted();
      results.push_back(ingestion.take(event));
    }
    if (ingestion.released()) release_muted(desk_, tx);
    if (options.dry_run) tx.discard();
    return results;
  });
}

}  // namespace umsops::desk
