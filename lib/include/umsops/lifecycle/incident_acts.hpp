// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/model/incident.hpp"

/// The life cycle of an incident: its states, the act for each move, and what each act does. Service is back
/// (RECOVERED) before the work is done (RESOLVED). Pure functions of values: each act takes an incident and returns the
/// changed one; an equal result means that nothing changes. An act that the state does not allow throws
/// `incident.transition` with the allowed states, or an error of its own.
namespace umsops::lifecycle {

using model::Incident;
using model::IncidentStatus;

enum class IncidentAct { assign, release, acknowledge, start, recover, relapse, resolve, force, close, reopen, merge };
/// `assign`, `release`, `ack`, `start`, ...
std::string_view to_string(IncidentAct act);
/// What an act requires: `assignee`, `evidence`, `resolution`, `reason`; empty: nothing.
std::string_view need(IncidentAct act);

struct IncidentMove {
  IncidentStatus from;
  IncidentAct act;
  IncidentStatus to;
};
/// All of them, by state.
std::span<IncidentMove const> incident_moves();
/// The state that an act leads to; nullopt: not allowed in that state.
std::optional<IncidentStatus> target(IncidentStatus from, IncidentAct act);
/// The states reachable from `from` in one move other than a merge, without `from` itself, in the order of the states.
std::vector<IncidentStatus> reachable(IncidentStatus from);

/// OPEN becomes ASSIGNED; later the state stays.
Incident assigned(Incident incident, std::string const& to);
/// Removes whoever has it; ASSIGNED becomes OPEN.
Incident released(Incident incident);
/// Somebody has seen it: the first one stays. The state stays, too. As long as somebody is waited for, further people
/// are noted, up to as many as are wanted.
Incident acknowledged(Incident incident, std::string const& by, model::TimePoint at, std::size_t wanted = 1);
/// Work begins: IN_PROGRESS. Nobody is waited for any more.
Incident started(Incident incident);
/// By evidence that service is back, or that it is not: then RECOVERED becomes IN_PROGRESS again.
Incident verified(Incident incident, bool passed, model::TimePoint at);

/// An alarm comes back: service is not, and somebody is waited for anew.
Incident alarmed_again(Incident incident, model::TimePoint at);

struct IncidentResolution {
  std::string text, root_cause;
  bool force = false;  ///< without evidence of recovery, or while alarms fire
};
/// Only RECOVERED, and without an alarm that fires, unless forced: `incident.not_recovered`, `incident.still_firing`.
/// Throws `incident.resolution` for an empty text.
Incident resolved(Incident incident, IncidentResolution const& resolution, model::TimePoint at);
/// Only a RESOLVED one.
Incident closed(Incident incident, model::TimePoint at);
/// A RESOLVED one goes on: IN_PROGRESS.
Incident reopened(Incident incident);
/// The level that an escalation of an unfinished one leads to from `current`: the wanted one, else the next higher one.
/// Throws `incident.level` where there is none, or where it would go down without being told to.
model::Level escalated(Incident const& incident, std::optional<model::Level> current,
                       std::optional<model::Level> wanted, bool down);
/// It goes on in another one: CLOSED, whether service is back or not.
Incident merged(Incident incident, std::string const& into, model::TimePoint at);
/// An incident with what another one knew that goes on in it: alerts and services of both, the graver words, the
/// greater number of users (they may be the same), the earlier times, and whoever works on it where nobody did. Throws
/// `incident.merge_finished` where it is finished and the other is not.
Incident absorbed(Incident incident, Incident const& other);

}  // namespace umsops::lifecycle
