// SPDX-License-Identifier: Apache-2.0
#include "umsops/lifecycle/incident_acts.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "lifecycle/levels.hpp"
#include "lifecycle/moves.hpp"
#include "umsops/base/error.hpp"

namespace umsops::lifecycle {
namespace {

using base::Error;
using base::Value;
using model::TimePoint;
using A = IncidentAct;
using S = IncidentStatus;

constexpr std::array<std::string_view, 11> kActs{"assign",  "release", "ack",   "start",  "recover", "relapse",
                                                 "resolve", "force",   "close", "reopen", "merge"};

constexpr IncidentMove kMoves[] = {
    {S::open, A::assign, S::assigned},
    {S::open, A::release, S::open},
    {S::open, A::acknowledge, S::open},
    {S::open, A::start, S::in_progress},
    {S::open, A::recover, S::recovered},
    {S::open, A::relapse, S::open},
    {S::open, A::force, S::resolved},
    {S::open, A::merge, S::closed},

    {S::assigned, A::assign, S::assigned},
    {S::assigned, A::release, S::open},
    {S::assigned, A::acknowledge, S::assigned},
    {S::assigned, A::start, S::in_progress},
    {S::assigned, A::recover, S::recovered},
    {S::assigned, A::relapse, S::assigned},
    {S::assigned, A::force, S::resolved},
    {S::assigned, A::merge, S::closed},

    {S::in_progress, A::assign, S::in_progress},
    {S::in_progress, A::release, S::in_progress},
    {S::in_progress, A::acknowledge, S::in_progress},
    {S::in_progress, A::start, S::in_progress},
    {S::in_progress, A::recover, S::recovered},
    {S::in_progress, A::relapse, S::in_progress},
    {S::in_progress, A::force, S::resolved},
    {S::in_progress, A::merge, S::closed},

    {S::recovered, A::assign, S::recovered},
    {S::recovered, A::release, S::recovered},
    {S::recovered, A::acknowledge, S::recovered},
    {S::recovered, A::recover, S::recovered},
    {S::recovered, A::relapse, S::in_progress},
    {S::recovered, A::resolve, S::resolved},
    {S::recovered, A::force, S::resolved},
    {S::recovered, A::merge, S::closed},

    {S::resolved, A::close, S::closed},
    {S::resolved, A::relapse, S::in_progress},
    {S::resolved, A::reopen, S::in_progress},
    {S::resolved, A::merge, S::closed},
};

void move(Incident& incident, A act, S wanted) {
  auto const to = target(incident.status, act);
  if (!to) refuse_move_of(base::errors::incident_transition, incident.incident_number, incident.status, wanted, "-");
  incident.status = *to;
}

/// Nothing of an incident is earlier than the moment it was noticed.
TimePoint not_before(Incident const& incident, TimePoint at) { return std::max(at, incident.detected_at); }

/// The work goes on: what ended it holds no more.
void take_up(Incident& incident) {
  if (incident.resolved_at) ++incident.reopen_count;
  incident.recovered_at.reset();
  incident.resolved_at.reset();
  incident.resolves_at.reset();
  incident.resolution.clear();
}

/// `f1, f2 and 3 more`
std::string some_of(std::vector<std::string> const& names) {
  constexpr std::size_t kMost = 5;
  std::string text;
  for (std::size_t i = 0; i < std::min(kMost, names.size()); ++i) text += (i == 0 ? "" : ", ") + names[i];
  return names.size() > kMost ? text + " (+" + std::to_string(names.size() - kMost) + ")" : text;
}

}  // namespace

std::string_view to_string(IncidentAct act) { return kActs[static_cast<std::size_t>(act)]; }

std::string_view need(IncidentAct act) {
  switch (act) {
    case A::assign:
      return "assignee";
    case A::recover:
    case A::relapse:
      return "evidence";
    case A::resolve:
      return "resolution";
    case A::force:
      return "resolution, reason";
    case A::release:
    case A::acknowledge:
    case A::start:
    case A::close:
    case A::reopen:
    case A::merge:
      break;
  }
  return "";
}

std::span<IncidentMove const> incident_moves() { return kMoves; }

std::optional<S> target(S from, A act) {
  for (IncidentMove const& move : kMoves) {
    if (move.from == from && move.act == act) return move.to;
  }
  return std::nullopt;
}

std::vector<S> reachable(S from) {
  // Going on in another incident is no way that anybody means who asks where one can go.
  std::vector<IncidentMove> own;
  std::copy_if(std::begin(kMoves), std::end(kMoves), std::back_inserter(own),
               [](IncidentMove const& one) { return one.act != A::merge; });
  return reachable_in(std::span<IncidentMove const>(own), from);
}

Incident assigned(Incident incident, std::string const& to) {
  if (model::is_open(incident.status) && incident.assigned_to == to) return incident;
  move(incident, A::assign, S::assigned);
  incident.assigned_to = to;
  return incident;
}

Incident released(Incident incident) {
  if (incident.assigned_to.empty()) return incident;
  move(incident, A::release, S::open);
  incident.assigned_to.clear();
  return incident;
}

Incident acknowledged(Incident incident, std::string const& by, TimePoint at, std::size_t wanted) {
  auto& all = incident.acknowledgers;
  bool const enough =
      !incident.escalation_from || all.size() >= wanted || std::find(all.begin(), all.end(), by) != all.end();
  if (incident.acknowledged_at && enough) return incident;
  move(incident, A::acknowledge, incident.status);
  if (!enough) all.push_back(by);
  if (incident.acknowledged_at) return incident;
  incident.acknowledged_at = not_before(incident, at);
  incident.acknowledged_by = by;
  return incident;
}

Incident started(Incident incident) {
  move(incident, A::start, S::in_progress);
  incident.escalation_from.reset();
  return incident;
}

Incident verified(Incident incident, bool passed, TimePoint at) {
  if (!passed) {
    bool const was_over = incident.status == S::recovered || incident.status == S::resolved;
    move(incident, A::relapse, S::in_progress);
    if (was_over) take_up(incident);
    return incident;
  }
  bool const was_recovered = incident.status == S::recovered;
  move(incident, A::recover, S::recovered);
  incident.escalation_from.reset();
  if (!was_recovered) incident.recovered_at = not_before(incident, at);
  return incident;
}

Incident alarmed_again(Incident incident, TimePoint at) {
  incident = verified(std::move(incident), false, at);
  incident.escalation_from = at;
  incident.acknowledgers.clear();
  return incident;
}

Incident resolved(Incident incident, IncidentResolution const& resolution, TimePoint at) {
  bool const same = incident.status == S::resolved &&
                    (resolution.text.empty() || incident.resolution == resolution.text) &&
                    (resolution.root_cause.empty() || incident.root_cause == resolution.root_cause);
  if (same) return incident;
  bool const early = model::is_open(incident.status) && incident.status != S::recovered;
  if (early && !resolution.force) {
    throw Error(base::errors::incident_not_recovered,
                {{"id", incident.incident_number}, {"from", std::string(model::to_string(incident.status))}});
  }
  if (!incident.firing_alerts.empty() && !resolution.force) {
    throw Error(base::errors::incident_still_firing, {{"id", incident.incident_number},
                                                      {"count", std::to_string(incident.firing_alerts.size())},
                                                      {"alerts", some_of(incident.firing_alerts)}})
        .detail(Value::Object{
            {"firing_alerts", Value::List(incident.firing_alerts.begin(), incident.firing_alerts.end())}});
  }
  move(incident, resolution.force ? A::force : A::resolve, S::resolved);
  if (resolution.text.empty()) throw Error(base::errors::incident_resolution, {{"id", incident.incident_number}});
  incident.resolution = resolution.text;
  if (!resolution.root_cause.empty()) incident.root_cause = resolution.root_cause;
  incident.resolved_at = not_before(incident, at);
  incident.escalation_from.reset();
  incident.resolves_at.reset();
  return incident;
}

Incident closed(Incident incident, TimePoint at) {
  if (incident.status == S::closed) return incident;
  move(incident, A::close, S::closed);
  incident.closed_at = not_before(incident, at);
  return incident;
}

Incident merged(Incident incident, std::string const& into, TimePoint at) {
  if (incident.status == S::closed) return incident;
  move(incident, A::merge, S::closed);
  if (incident.resolution.empty()) incident.resolution = "merged into " + into;
  // Its alarms fire in the other one, and nobody is waited for here.
  incident.firing_alerts.clear();
  incident.escalation_from.reset();
  incident.resolves_at.reset();
  incident.closed_at = not_before(incident, at);
  if (!incident.resolved_at) incident.resolved_at = incident.closed_at;
  return incident;
}

model::Level escalated(Incident const& incident, std::optional<model::Level> current,
                       std::optional<model::Level> wanted, bool down) {
  if (!model::is_open(incident.status))
    throw Error(base::errors::incident_level, {{"id", incident.incident_number}, {"problem", "it is finished"}});
  return raised_level(current, wanted, down, base::errors::incident_level, incident.incident_number);
}

Incident reopened(Incident incident) {
  if (model::is_open(incident.status)) return incident;
  move(incident, A::reopen, S::in_progress);
  take_up(incident);
  return incident;
}

}  // namespace umsops::lifecycle
