// SPDX-License-Identifier: Apache-2.0
// Incidents that turn out to be one, and one that turns out to be two.
#include "desk/incident_batch.hpp"
#include "desk/incident_create.hpp"
#include "desk/incident_links.hpp"
#include "store/links.hpp"
#include "store/timeline_entries.hpp"
#include "umsops/base/error.hpp"
#include "umsops/lifecycle/incident_acts.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using base::Value;
using model::Incident;
using model::Link;
using model::LinkKind;

IncidentStep merge_into(OpenDesk& desk, store::WriteTx& tx, Incident const& incident, Incident const& into,
                        std::string const& reason) {
  if (into.id == incident.id) throw Error(base::errors::incident_link_self, {{"id", incident.incident_number}});
  Link const link{model::ref_of(incident), LinkKind::duplicate_of, model::ref_of(into), desk.now()};
  refuse_cycle(tx.connection(), link, incident.incident_number, into.incident_number);
  bool const linked = store::insert_link(tx, link);
  if (!linked && incident.status == model::IncidentStatus::closed) return {incident, false};
  Incident target = lifecycle::absorbed(into, incident);
  std::vector<model::Change> told;
  if (linked) told.push_back(link_change(link, into.incident_number, false));
  auto const gone = decision(desk, incident, "merged into " + into.incident_number,
                             Value::Object{{"merged_into", into.incident_number}});
  told.push_back(write_entry(tx, gone));
  auto step = store_step(desk, tx, incident, lifecycle::merged(incident, into.incident_number, desk.now()), "merged",
                         reason, std::move(told));
  auto const came = decision(desk, into, "merged: " + incident.incident_number + " " + incident.title,
                             Value::Object{{"merged", incident.incident_number}});
  store_step(desk, tx, into, std::move(target), "absorbed", reason,
             {write_entry(tx, came), {"merged", {}, incident.incident_number}});
  return step;
}

/// Those that are named, and of alerts that are named by their fingerprint what the sender said.
std::vector<model::TimelineEntry> entries_of(std::vector<model::TimelineEntry> const& timeline,
                                             Incident const& incident, IncidentSplit const& split) {
  std::vector<std::string> ids;
  for (auto const& name : split.entries) ids.push_back(entry_named(timeline, incident, name).id);
  std::vector<model::TimelineEntry> taken;
  for (auto const& entry : timeline) {
    auto const* const fingerprint = entry.data.find("fingerprint");
    bool const said =
        fingerprint && std::find(split.alerts.begin(), split.alerts.end(), fingerprint->text()) != split.alerts.end();
    if (said || std::find(ids.begin(), ids.end(), entry.id) != ids.end()) taken.push_back(entry);
  }
  return taken;
}

/// Takes the alerts out, which the sender relates to it, or which fire.
void take_out(Incident& incident, std::vector<std::string> const& taken) {
  for (auto const& alert : taken) {
    auto const was = std::erase(incident.related_alerts, alert) + std::erase(incident.firing_alerts, alert);
    if (was == 0)
      throw Error(base::errors::incident_alert_not_found, {{"id", incident.incident_number}, {"alert", alert}});
  }
}

/// What still fires goes with its alert: neither end of the split waits for what is the other's.
std::vector<std::string> firing_of(Incident const& incident, std::vector<std::string> const& alerts) {
  std::vector<std::string> out;
  for (auto const& alert : incident.firing_alerts) {
    if (std::find(alerts.begin(), alerts.end(), alert) != alerts.end()) out.push_back(alert);
  }
  return out;
}

Value list_of(std::vector<std::string> const& texts) { return Value::List(texts.begin(), texts.end()); }

/// Of the new incident from now on; it says where it comes from.
model::TimelineEntry moved(OpenDesk& desk, model::TimelineEntry entry, Incident const& from, Incident const& to) {
  Value::Object data;
  if (auto const* const members = entry.data.get_if<Value::Object>()) data = *members;
  data.emplace_back("split_from", from.incident_number);
  data.emplace_back("place", entry.place);
  entry.data = std::move(data);
  entry.id = desk.ids().next_id(desk.now());
  entry.record = model::ref_of(to);
  entry.recorded_at = desk.now();
  entry.corrects.clear();
  return entry;
}

std::string split_text(Incident const& created, IncidentSplit const& split,
                       std::vector<model::TimelineEntry> const& entries) {
  std::string text = "split off: " + created.incident_number + " " + created.title;
  for (auto const& alert : split.alerts) text += "\nalert " + alert;
  for (auto const& entry : entries) text += "\nentry " + std::to_string(entry.place);
  return text;
}

IncidentResult split_incident(OpenDesk& desk, store::WriteTx& tx, Incident const& incident, IncidentSplit const& split,
                              std::string const& reason) {
  NewIncident wanted;
  wanted.sets = split.sets;
  wanted.key = split.key;
  wanted.beside = Value::List{incident.id, list_of(split.alerts), list_of(split.entries)};
  if (auto known = filed_before(desk, tx, wanted, incident, {})) return *std::move(known);
  Incident after = incident;
  take_out(after, split.alerts);
  auto const entries = entries_of(store::timeline_of(tx.connection(), model::ref_of(incident)), incident, split);
  Incident known;
  known.source = incident.source;
  known.related_alerts = split.alerts;
  known.firing_alerts = firing_of(incident, split.alerts);
  known.detected_at = incident.detected_at;
  for (auto const& entry : entries) {
    if (&entry == &entries.front() || entry.at < known.detected_at) known.detected_at = std::min(entry.at, desk.now());
  }
  Incident const draft = drafted(desk, wanted, known);
  auto result = store_new_incident(desk, tx, wanted, draft, reason, [&](store::WriteTx& tx_, Incident const& created) {
    for (auto const& entry : entries) write_entry(tx_, moved(desk, entry, incident, created));
    write_entry(tx_, decision(desk, created, "split from " + incident.incident_number + " " + incident.title,
                              Value::Object{{"split_from", incident.incident_number}}));
    store::insert_link(tx_, {model::ref_of(created), LinkKind::relates_to, model::ref_of(incident), desk.now()});
  });
  auto const gone = decision(desk, incident, split_text(result.incident, split, entries),
                             Value::Object{{"split", result.incident.incident_number}});
  store_step(desk, tx, incident, std::move(after), "split", reason, {write_entry(tx, gone)});
  return result;
}

}  // namespace

std::vector<IncidentOutcome> IncidentDesk::merge(Ids const& ids, std::string const& into, ChangeOptions const& options,
                                                 Batch how) {
  return change_each(desk_, ids, options, how, [&](store::WriteTx& tx, Incident const& incident) {
    auto const target = behind_merges(tx.connection(), find_incident(desk_, tx.connection(), into));
    return merge_into(desk_, tx, incident, target, options.reason);
  });
}

IncidentResult IncidentDesk::split(std::string const& id, IncidentSplit const& split, ChangeOptions const& options) {
  auto outcomes = edit_each_incident<IncidentResult>(
      desk_, {id}, options, Batch::atomic, [&](store::WriteTx& tx, Incident const& incident) {
        return split_incident(desk_, tx, incident, split, options.reason);
      });
  return *std::move(outcomes.front().done);
}

}  // namespace umsops::desk
