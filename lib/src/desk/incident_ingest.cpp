// SPDX-License-Identifier: Apache-2.0
// Alarms of other systems as incidents: what opens one, what belongs to one, and what ends one.
#include <algorithm>
#include <array>
#include <map>

#include "desk/history.hpp"
#include "desk/incident_create.hpp"
#include "desk/incident_judgement.hpp"
#include "desk/incident_steps.hpp"
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

/// What was last heard of the alarms of an incident.
struct LastAlarm {
  bool firing = false;
  std::string fingerprint;
};
LastAlarm last_alarm(store::Connection& db, Incident const& incident) {
  auto const entry = store::last_entry(db, model::ref_of(incident), model::TimelineKind::alert);
  if (!entry) return {};
  Value const *const state = entry->data.find("state"), *const fingerprint = entry->data.find("fingerprint");
  return {state && state->text() == alert::to_string(alert::State::firing),
          std::string(fingerprint ? fingerprint->text() : std::string_view())};
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
  for (auto const& service : event.services) {
    auto& services = incident.affected_services;
    bool const known = std::find(services.begin(), services.end(), service) != services.end();
    if (!known && services.size() < model::kMostServices) services.push_back(service);
  }
  for (auto const& alarm : event.related) {
    auto& related = incident.related_alerts;
    std::string const name(base::first_code_points(alarm, model::kLongestWord));
    bool const known = std::find(related.begin(), related.end(), name) != related.end();
    if (!known && related.size() < model::kMostAlerts) related.push_back(name);
  }
}

model::TimelineEntry told(OpenDesk& desk, Incident const& incident, Event const& event) {
  auto entry = entry_of(desk, incident, model::TimelineKind::alert, event.title.empty() ? event.key : event.title);
  bool const over = event.state == alert::State::resolved;
  entry.at = std::min((over ? event.ends_at : event.starts_at).value_or(desk.now()), desk.now());
  entry.data =
      Value::Object{{"state", alert::to_string(event.state)}, {"fingerprint", base::text_or_null(event.fingerprint)}};
  return entry;
}

/// What becomes of one incident by the events of one body that are about it.
class Ingestion {
 public:
  Ingestion(OpenDesk& desk, store::WriteTx& tx, IngestOptions const& options)
      : desk_(desk), tx_(tx), options_(options) {}

  IngestResult take(Event const& event) {
    auto known = store::find_incident_of_alarms(tx_.connection(), event.key);
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
    LastAlarm const before = last_alarm(tx_.connection(), incident);
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
    if (over || (!last_alarm(tx_.connection(), incident).firing && options_.resolve_on == ResolveOn::never))
      return {IngestResult::Kind::unchanged, incident, {}};
    std::vector<model::Change> written{write_entry(tx_, told(desk_, incident, event))};
    if (options_.resolve_on == ResolveOn::never) {
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
