// SPDX-License-Identifier: Apache-2.0
#include "desk/tick/incident_acts.hpp"
#include "desk/assignees.hpp"

#include <algorithm>

#include "desk/announce.hpp"
#include "desk/history.hpp"
#include "store/escalations.hpp"
#include "store/incidents.hpp"
#include "umsops/base/text.hpp"

namespace umsops::desk::tick {
namespace {

using base::TimePoint;
using base::Value;
using model::Incident;

constexpr std::chrono::minutes kLate{2};  // tick runs every minute
constexpr std::chrono::hours kPutOff{1};
constexpr std::size_t kLongestProblem = 160;  // a hook's own text

bool resolves_itself(Incident const& incident) {
  return incident.status == model::IncidentStatus::recovered && incident.resolves_at && incident.firing_alerts.empty();
}

TickItem item_of(OpenDesk& desk, Incident const& incident, char const* job, std::string what, TimePoint due) {
  TickItem item{job, {}, std::move(what), due, desk.now(), desk.now() - due > kLate, {}, {}};
  item.incident_number = incident.incident_number;
  return item;
}

/// Those whom the step means, each once; nobody for a role that nobody has.
std::vector<std::string> recipients(ladder::EscalationStep const& step, Incident const& incident) {
  std::vector<std::string> names;
  for (auto const& target : step.notify) {
    std::string const& name = target == "assignee"    ? incident.assigned_to
                              : target == "commander" ? incident.commander
                                                      : target;
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

TickItem escalate(OpenDesk& desk, store::WriteTx& tx, Incident& incident, ladder::EscalationPolicy const& policy,
                  ladder::WaitingStep const& step) {
  TickItem item = item_of(desk, incident, "escalate", step.id, step.at);
  auto const names = recipients(*step.step, incident);
  for (auto const& name : names) item.outcome += (item.outcome.empty() ? "told " : ", ") + name;
  if (names.empty()) item.outcome = "nobody to tell";
  item.unreached = unknown_target(desk, names);
  // In the transaction of its effects: the primary key makes it happen once, even when two ticks run at the same time.
  store::insert_taken(
      tx, {model::ref_of(incident), ladder::generation_of(*incident.escalation_from), step.id, step.at, desk.now()});
  auto entry = entry_of(desk, incident, model::TimelineKind::decision,
                        "nobody acknowledged: step " + step.id + " of " + policy.name + ", " + item.outcome);
  entry.data =
      Value::Object{{"step", step.id}, {"policy", policy.name}, {"notified", Value::List(names.begin(), names.end())}};
  std::string const reason = "step " + step.id + ", due " + base::format_rfc3339(step.at) + (item.late ? ", late" : "");
  auto const stored = store_unhooked_step(desk, tx, incident, incident, "escalated", reason,
                                          {{"ladder_step", {}, step.id}, write_entry(tx, entry)});
  incident = stored.incident;
  for (auto const& name : names) announce(desk, tx, incident, "incident.escalated", name);
  return item;
}

/// Since when news are owed that nobody has given; none: they are not.
std::optional<TimePoint> news_overdue(OpenDesk& desk, Incident const& incident) {
  auto const due = ladder::update_due(desk.escalation(), incident);
  return due && *due <= desk.now() ? due : std::nullopt;
}

/// Taken once for each time at which news are owed, as a step of a ladder is.
std::pair<std::int64_t, std::string> reminder_of(TimePoint due) { return {ladder::generation_of(due), "news"}; }

TickItem remind(OpenDesk& desk, store::WriteTx& tx, Incident& incident, TimePoint due) {
  TickItem item = item_of(desk, incident, "remind", "news", due);
  auto const [generation, step] = reminder_of(due);
  std::string const& speaker = !incident.communications.empty() ? incident.communications
                               : !incident.commander.empty()    ? incident.commander
                                                                : incident.assigned_to;
  item.outcome = speaker.empty() ? "nobody to tell" : "told " + speaker;
  store::insert_taken(tx, {model::ref_of(incident), generation, step, due, desk.now()});
  std::string const reason = "news due " + base::format_rfc3339(due) + (item.late ? ", late" : "");
  incident =
      store_unhooked_step(desk, tx, incident, incident, "reminded", reason, {{"ladder_step", {}, step}}).incident;
  announce(desk, tx, incident, "incident.overdue", speaker);
  return item;
}

TickItem resolve_itself(OpenDesk& desk, store::WriteTx& tx, Incident& incident) {
  TimePoint const due = *incident.resolves_at;
  TickItem item = item_of(desk, incident, "resolve", "RESOLVED", due);
  IncidentResolve resolution;
  resolution.text = "no alarm until " + base::format_rfc3339(due);
  incident = resolve(desk, tx, incident, resolution, "quiet" + std::string(item.late ? ", late" : "")).incident;
  item.outcome = model::to_string(incident.status);
  return item;
}

/// By what is not in its ladder.
bool is_changed(OpenDesk& desk, Mutings const& mutings, Incident const& incident) {
  return (resolves_itself(incident) && *incident.resolves_at <= desk.now()) ||
         ladder::update_due(desk.escalation(), incident) != incident.update_due_at ||
         mutings.reasons(incident, desk.now()) != MutedBy{incident.silenced_by, incident.inhibited_by};
}

}  // namespace

bool may_be_due(OpenDesk& desk, Mutings const& mutings, Incident const& incident) {
  if (is_changed(desk, mutings, incident) || news_overdue(desk, incident)) return true;
  auto const first = ladder::next_step(ladder::policy_for(desk.escalation(), incident), incident, {});
  return first && first->at <= desk.now();
}

bool is_due(OpenDesk& desk, store::Connection& db, Mutings const& mutings, Incident const& incident) {
  if (is_changed(desk, mutings, incident)) return true;
  auto const at = next_act(desk, db, incident);
  return at && *at <= desk.now();
}

std::optional<TimePoint> next_act(OpenDesk& desk, store::Connection& db, Incident const& incident) {
  if (resolves_itself(incident)) return incident.resolves_at;
  auto const news = ladder::update_due(desk.escalation(), incident);
  if (!incident.escalation_from && !news) return std::nullopt;
  auto const taken = taken_of(db, incident);
  std::optional<TimePoint> next;
  if (incident.escalation_from) {
    auto const step = ladder::next_step(ladder::policy_for(desk.escalation(), incident), incident, taken);
    if (step) next = step->at;
  }
  if (news && !taken.contains(reminder_of(*news))) next = std::min(*news, next.value_or(*news));
  return next;
}

std::vector<TickItem> act_on(OpenDesk& desk, store::WriteTx& tx, Mutings const& mutings, Incident incident) {
  std::vector<TickItem> items;
  if (!model::is_open(incident.status)) return items;
  MutedBy const by = mutings.reasons(incident, desk.now());
  auto const muting = store_muting(desk, tx, incident, by);
  if (muting.changed) {
    incident = muting.incident;
    bool const muted = model::is_muted(incident);
    TickItem item = item_of(desk, incident, muted ? "mute" : "unmute", {}, desk.now());
    auto const& who = by.silences.empty() ? by.inhibitions : by.silences;
    if (muted) item.what = who.front();
    item.outcome = muted ? "muted" : "not muted";
    items.push_back(std::move(item));
  }
  if (incident.escalation_from) {
    auto const* const policy = ladder::policy_for(desk.escalation(), incident);
    auto taken = taken_of(tx.connection(), incident);
    for (auto step = ladder::next_step(policy, incident, taken); step && step->at <= desk.now();
         step = ladder::next_step(policy, incident, taken)) {
      taken.emplace(ladder::generation_of(*incident.escalation_from), step->id);
      items.push_back(escalate(desk, tx, incident, *policy, *step));
    }
  }
  if (resolves_itself(incident) && *incident.resolves_at <= desk.now())
    items.push_back(resolve_itself(desk, tx, incident));
  if (auto const due = ladder::update_due(desk.escalation(), incident); due != incident.update_due_at) {
    incident.update_due_at = due;  // another cadence than the one it was made by
    store::update_incident_counts(tx, incident);
  }
  if (auto const due = news_overdue(desk, incident);
      due && !taken_of(tx.connection(), incident).contains(reminder_of(*due)))
    items.push_back(remind(desk, tx, incident, *due));
  return items;
}

void put_off(OpenDesk& desk, store::WriteTx& tx, Incident const& incident, base::Error const& error) {
  if (!resolves_itself(incident)) return;
  Incident after = incident;
  after.resolves_at = desk.now() + kPutOff;
  store_unhooked_step(desk, tx, incident, std::move(after), "held",
                      base::shortened(base::terminal_text(error.message(), base::TextShape::line), kLongestProblem));
}

}  // namespace umsops::desk::tick
