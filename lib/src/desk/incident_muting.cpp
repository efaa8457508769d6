// SPDX-License-Identifier: Apache-2.0
#include "desk/incident_muting.hpp"

#include <algorithm>
#include <iterator>

#include "desk/announce.hpp"
#include "model/incident_limits.hpp"
#include "store/incidents.hpp"
#include "store/silences.hpp"
#include "umsops/base/text.hpp"
#include "umsops/desk/incident_labels.hpp"
#include "umsops/service/impact.hpp"

namespace umsops::desk {
namespace {

using base::Value;
using model::Incident;

constexpr std::int64_t kMostReleased = 500;
/// Between the number and the service in the name of what fires: in neither of them.
constexpr char kBetween = '\n';

query::Filter muted_filter() {
  return query::all_of({incidents_that(model::is_open),
                        query::condition_on(model::incident_type().require("muted"), query::Op::eq, {true})});
}

mute::Muter muter_of(std::vector<mute::Silence> silences, std::vector<mute::Inhibition> rules,
                     service::Catalogue const* services) {
  mute::DependsOn depends;
  if (services) depends = [services](std::string_view service) { return service::needs_of(*services, service); };
  return {std::move(silences), std::move(rules), std::move(depends)};
}

/// The service as the catalogue calls it: a rule along the graph compares names.
mute::Labels known_by(service::Catalogue const* services, mute::Labels labels) {
  auto const at = labels.find(mute::kServiceLabel);
  if (!services || at == labels.end()) return labels;
  if (auto const found = services->find(at->second)) at->second = services->at(*found).name;
  return labels;
}

std::string listed(std::vector<std::string> const& names) {
  std::string text;
  for (auto const& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string told(MutedBy const& by) {
  std::string text;
  if (!by.silences.empty()) text = "silenced by " + listed(by.silences);
  if (!by.inhibitions.empty()) text += (text.empty() ? "" : "; ") + ("inhibited by " + listed(by.inhibitions));
  return text;
}

Value list_of(std::vector<std::string> const& names) { return Value::List(names.begin(), names.end()); }

}  // namespace

Mutings::Mutings(OpenDesk& desk, store::Connection& db) : muter_({}, {}) {
  MuteRules const& rules = desk.mute_rules();
  all_ = rules.silences;
  auto stored = store::unended_silences(db, desk.now());
  std::move(stored.begin(), stored.end(), std::back_inserter(all_));
  silences_ = all_.size();
  inhibits_ = !rules.inhibitions.empty();
  bool const along = std::any_of(rules.inhibitions.begin(), rules.inhibitions.end(),
                                 [](mute::Inhibition const& rule) { return rule.along_services; });
  if (along) services_ = &desk.services();
  muter_ = muter_of(all_, rules.inhibitions, services_);
  if (!inhibits_) return;
  query::Query active;
  active.filter = incidents_that(model::is_active);
  store::list_incidents(db, active, [&](Incident const& incident) {
    note(incident);
    return true;
  });
}

void Mutings::forget(std::string const& number) {
  auto const known = sources_.find(number);
  if (known == sources_.end()) return;
  for (std::size_t i = 0; i < known->second; ++i) muter_.resolve(number + kBetween + std::to_string(i));
  sources_.erase(known);
}

void Mutings::note(Incident const& incident) {
  if (!inhibits_) return;
  forget(incident.incident_number);
  if (!model::is_active(incident.status)) return;
  auto const sets = label_sets(incident);
  for (std::size_t i = 0; i < sets.size(); ++i)
    muter_.fire(incident.incident_number + kBetween + std::to_string(i), known_by(services_, sets[i]));
  sources_.emplace(incident.incident_number, sets.size());
}

MutedBy Mutings::reasons(Incident const& incident, base::TimePoint now) const {
  MutedBy all;
  if (idle() || !model::is_open(incident.status)) return all;
  for (auto const& labels : label_sets(incident)) {
    MutedBy by;
    auto const muting = muter_.reasons(known_by(services_, labels), now);
    for (auto const* silence : muting.silences)
      by.silences.push_back(std::string(base::first_code_points(silence->id, model::kLongestWord)));
    for (auto const& source : muting.inhibited) {
      std::string const number = source.source.substr(0, source.source.find(kBetween));
      // What it does itself to one of its services is no reason to be silent about it.
      if (number == incident.incident_number) continue;
      by.inhibitions.push_back(
          std::string(base::first_code_points(number + " " + source.rule->name, model::kLongestWord)));
    }
    if (by == MutedBy{}) return {};
    model::add_words(all.silences, by.silences, model::kMostMuting);
    model::add_words(all.inhibitions, by.inhibitions, model::kMostMuting);
  }
  return all;
}

std::optional<model::TimelineEntry> mute_as(OpenDesk& desk, Incident& incident, MutedBy const& by) {
  MutedBy const before{incident.silenced_by, incident.inhibited_by};
  if (by == before) return std::nullopt;
  bool const ends = by == MutedBy{};
  auto entry = entry_of(desk, incident, model::TimelineKind::decision,
                        ends ? "not muted any more: no longer " + told(before) : "muted: " + told(by));
  entry.data =
      Value::Object{{"muted", !ends}, {"silenced_by", list_of(by.silences)}, {"inhibited_by", list_of(by.inhibitions)}};
  incident.silenced_by = by.silences;
  incident.inhibited_by = by.inhibitions;
  if (!ends) return entry;
  if (incident.escalation_from) incident.escalation_from = desk.now();
  // Nobody was told anything meanwhile: news are owed from now on.
  incident.last_update_at = desk.now();
  return entry;
}

IncidentStep store_muting(OpenDesk& desk, store::WriteTx& tx, Incident const& before, MutedBy const& by) {
  Incident after = before;
  auto const entry = mute_as(desk, after, by);
  if (!entry) return {before, false};
  bool const ends = !model::is_muted(after);
  auto step = store_unhooked_step(desk, tx, before, std::move(after), ends ? "unmuted" : "muted", "",
                                  {write_entry(tx, *entry)});
  if (ends && step.incident.escalation_from)
    announce(desk, tx, step.incident, "incident.unmuted", step.incident.assigned_to);
  return step;
}

void release_muted(OpenDesk& desk, store::WriteTx& tx) {
  tx.take_turn();  // what is read here must hold until it is changed
  std::vector<Incident> muted;
  query::Query query;
  query.filter = muted_filter();
  query.limit = kMostReleased;
  store::list_incidents(tx.connection(), query, [&](Incident& incident) {
    muted.push_back(std::move(incident));
    return true;
  });
  if (muted.empty()) return;
  Mutings const mutings(desk, tx.connection());
  for (auto const& incident : muted) {
    MutedBy const by = mutings.reasons(incident, desk.now());
    if (by == MutedBy{}) store_muting(desk, tx, incident, by);
  }
}

}  // namespace umsops::desk
