// SPDX-License-Identifier: Apache-2.0
// Alarms of other systems as incidents: what opens one, what belongs to one, and what ends one.
#include <algorithm>
#include <array>
#include <map>

#include "desk/history.hpp"
#include "desk/incident_create.hpp"
#include "desk/incident_judgement.hpp"
#include "desk/incident_links.hpp"
#include "model/attributes.hpp"
#include "model/incident_limits.hpp"
#include "store/incidents.hpp"
#include "store/timeline_entries.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/base/text.hpp"
#include "umsops/lifecycle/incident_acts.hpp"
#include "umsops/model/incident.hpp"

namespace umsops::desk {
namespace {

using alert::Event;
using base::Value;
using model::Incident;

/// What was last heard of alarms of a key.
struct LastAlarm {
  bool firing = false;
  std::string fingerprint;
};

LastAlarm said_in(model::TimelineEntry const& entry) {
  Value const *const state = entry.data.find("state"), *const fingerprint = entry.data.find("fingerprint");
  return {state && state->text() == alert::to_string(alert::State::firing),
          std::string(fingerprint ? fingerprint->text() : std::string_view())};
}

/// Alarms of another incident that goes on in this one say their key.
std::string_view key_of(Incident const& incident, model::TimelineEntry const& entry) {
  auto const* const key = entry.data.find("key");
  return key ? key->text() : std::string_view(incident.dedup_key);
}

/// What was last heard, by key, of all alarms that an incident stands for by itself and by those that go on in it.
std::map<std::string, LastAlarm, std::less<>> last_alarms(store::Connection& db, Incident const& incident) {
  std::map<std::string, LastAlarm, std::less<>> last;
  auto const read = [&](Incident const& one) {
    for (auto const& entry : store::timeline_of(db, model::ref_of(one))) {
      if (entry.kind == model::TimelineKind::alert) last[std::string(key_of(one, entry))] = said_in(entry);
    }
  };
  for (auto const& merged : merged_into(db, incident)) read(merged);
  read(incident);  // since then they have landed here
  return last;
}

/// Of one key. The whole timeline is read only where alarms of several keys stand in it.
LastAlarm last_alarm(store::Connection& db, Incident const& incident, std::string const& key) {
  auto const entry = store::last_entry(db, model::ref_of(incident), model::TimelineKind::alert);
  if (entry && key_of(incident, *entry) == key) return said_in(*entry);
  if (!entry && key == incident.dedup_key) return {};
  auto const all = last_alarms(db, incident);
  auto const found = all.find(key);
  return found == all.end() ? LastAlarm{} : found->second;
}

/// `severity` of a label, `alertname`, ... as the name of an attribute: small letters, digits and _.
std::string attribute_name(std::string_view label) {
  std::string name;
  for (char const c : base::ascii_lower(label)) {
    bool const plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    name += plain ? c : '_';
  }
  if (name.empty() || name[0] < 'a' || name[0] > 'z') name.insert(0, "l_");
  return name.substr(0, 64);
}

void give_labels(Incident& incident, Event const& event) {
  std::map<std::string, std::string> attributes;
  for (auto const& [label, value] : event.labels) attributes.emplace(attribute_name(label), value);
  if (!event.link.empty()) attributes.emplace("link", event.link);
  if (!event.runbook.empty()) attributes.emplace("runbook", event.runbook);
  for (auto const& [name, value] : attributes) {
    if (incident.attributes.size() == model::kMostAttributes) break;
    incident.attributes.emplace_back(name, base::first_code_points(value, model::kLongestAttribute));
  }
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

/// Further alarms make an incident wider and worse, never better: that is for people to say.
void widen(Incident& incident, Event const& event) {
  model::add_words(incident.affected_services, event.services, model::kMostServices);
  std::vector<std::string> related;
  for (auto const& alarm : event.related) related.emplace_back(base::first_code_points(alarm, model::kLongestWord));
  model::add_words(incident.related_alerts, related, model::kMostAlerts);
}

model::TimelineEntry told(OpenDesk& desk, Incident const& incident, Event const& event) {
  auto entry = entry_of(desk, incident, model::TimelineKind::alert, event.title.empty() ? event.key : event.title);
  bool const over = event.state == alert::State::resolved;
  entry.at = std::min((over ? event.ends_at : event.starts_at).value_or(desk.now()), desk.now());
  Value::Object data{{"state", alert::to_string(event.state)}, {"fingerprint", base::text_or_null(event.fingerprint)}};
  if (event.key != incident.dedup_key) data.emplace_back("key", event.key);
  entry.data = std::move(data);
  return entry;
}

/// What becomes of one incident by the events of one body that are about it.
class Ingestion {
 public:
  Ingestion(OpenDesk& desk, store::WriteTx& tx, IngestOptions const& options)
      : desk_(desk), tx_(tx), options_(options) {}

  IngestResult take(Event const& event) {
    auto known = store::find_incident_of_alarms(tx_.connection(), event.key);
    if (known && known->status == model::IncidentStatus::closed)
      known = behind_merges(tx_.connection(), *std::move(known));
    if (known && !may_go_on(*known)) known.reset();
    if (!known) {
      if (event.state == alert::State::resolved) return {IngestResult::Kind::ignored, {}, "never_fired"};
      known = open(event);
      IngestResult result{IngestResult::Kind::created, *known, {}};
      if (event.state == alert::State::acknowledged) result.incident = acknowledge(*known).incident;
      return result;
    }
    if (event.state == alert::State::acknowledged) {
      auto const step = acknowledge(*known);
      return {step.changed ? IngestResult::Kind::updated : IngestResult::Kind::unchanged, step.incident, {}};
    }
    return event.state == alert::State::firing ? fire(*known, event) : end(*known, event);
  }

 private:
  /// A RESOLVED incident within its window is the same one; after it, and once CLOSED, an alarm opens another.
  bool may_go_on(Incident const& incident) const {
    if (model::is_open(incident.status)) return true;
    if (incident.status == model::IncidentStatus::closed || !incident.resolved_at) return false;
    return desk_.now() - *incident.resolved_at <= options_.reopen_window;
  }

  Incident open(Event const& event) {
    Incident draft = opened_by(desk_, event);
    widen(draft, event);
    std::vector<std::string> said;
    if (event.severity) said.emplace_back("severity");
    judge(desk_, draft, said, event.severity);
    refuse_unsound(draft);
    NewIncident wanted;
    return store_new_incident(
               desk_, tx_, wanted, draft, "",
               [&](store::WriteTx& tx, Incident const& stored) { write_entry(tx, told(desk_, stored, event)); })
        .incident;
  }

  IncidentStep acknowledge(Incident const& incident) {
    if (!model::is_open(incident.status)) return {incident, false};
    auto after = lifecycle::acknowledged(incident, desk_.options().actor.name, desk_.now());
    return store_step(desk_, tx_, incident, std::move(after), "acknowledged", "");
  }

  /// The same alarm again changes nothing; one that comes back, or says something else, is told.
  IngestResult fire(Incident const& incident, Event const& event) {
    bool const over = incident.status == model::IncidentStatus::recovered || !model::is_open(incident.status);
    LastAlarm const before = last_alarm(tx_.connection(), incident, event.key);
    if (!over && before.firing && before.fingerprint == event.fingerprint)
      return {IngestResult::Kind::unchanged, incident, {}};
    Incident after = over ? lifecycle::verified(incident, false, desk_.now()) : incident;
    widen(after, event);
    auto const step = store_step(desk_, tx_, incident, std::move(after), over ? "reopened" : "alarmed", "",
                                 {write_entry(tx_, told(desk_, incident, event))});
    return {over ? IngestResult::Kind::reopened : IngestResult::Kind::updated, step.incident, {}};
  }

  /// The end of the alarms is evidence of recovery, unless recovery is left to people.
  IngestResult end(Incident const& incident, Event const& event) {
    bool const over = incident.status == model::IncidentStatus::recovered || !model::is_open(incident.status);
    if (over || (!last_alarm(tx_.connection(), incident, event.key).firing && options_.resolve_on == ResolveOn::never))
      return {IngestResult::Kind::unchanged, incident, {}};
    std::vector<model::Change> written{write_entry(tx_, told(desk_, incident, event))};
    if (options_.resolve_on == ResolveOn::never || others_fire(incident, event.key)) {
      auto const step = store_step(desk_, tx_, incident, incident, "cleared", "", std::move(written));
      return {IngestResult::Kind::updated, step.incident, {}};
    }
    auto evidence =
        entry_of(desk_, incident, model::TimelineKind::evidence, event.title.empty() ? event.key : event.title);
    evidence.data = Value::Object{{"evidence", model::to_string(model::EvidenceKind::signal)}, {"passed", true}};
    written.push_back(write_entry(tx_, evidence));
    auto const step = store_step(desk_, tx_, incident, lifecycle::verified(incident, true, desk_.now()), "recovered",
                                 "", std::move(written));
    return {IngestResult::Kind::recovered, step.incident, {}};
  }

  /// Whether alarms of other keys, whose incidents go on in this one, have not ended.
  bool others_fire(Incident const& incident, std::string const& key) const {
    if (incident.dedup_key == key && merged_into(tx_.connection(), incident).empty()) return false;
    for (auto const& [other, last] : last_alarms(tx_.connection(), incident)) {
      if (other != key && last.firing) return true;
    }
    return false;
  }

  OpenDesk& desk_;
  store::WriteTx& tx_;
  IngestOptions const& options_;
};

constexpr std::array<std::string_view, 2> kResolveOn{"all", "never"};
constexpr std::array<std::string_view, 6> kKinds{"created", "updated", "unchanged", "recovered", "reopened", "ignored"};

}  // namespace

std::span<std::string_view const> resolve_on_names() { return kResolveOn; }
std::optional<ResolveOn> parse_resolve_on(std::string_view text) {
  auto const found = std::find(kResolveOn.begin(), kResolveOn.end(), text);
  return found == kResolveOn.end() ? std::nullopt : std::optional(static_cast<ResolveOn>(found - kResolveOn.begin()));
}
std::string_view to_string(IngestResult::Kind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

std::vector<IngestResult> IncidentDesk::ingest(std::vector<alert::Event> const& events, IngestOptions const& options) {
  return desk_.write([&](store::WriteTx& tx) {
    // What a key stands for must stay true until this is stored.
    tx.take_turn();
    Ingestion ingestion(desk_, tx, options);
    std::vector<IngestResult> results;
    for (Event const& event : events) {
      desk_.check_interrupted();
      results.push_back(ingestion.take(event));
    }
    if (options.dry_run) tx.discard();
    return results;
  });
}

}  // namespace umsops::desk
