// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/ladder/ladder.hpp"
#include "umsops/model/incident.hpp"

/// The escalation of incidents that nobody acknowledges, and how often news are owed. Pure functions of values.
namespace umsops::ladder {

/// Who is told when nobody has acknowledged for so long since the step before, or since the incident began to wait.
struct EscalationStep {
  base::Milliseconds after{};
  /// A person, `team:NAME`, `oncall:SCHEDULE`, `audience:NAME`, or whoever is `assignee` or `commander`.
  std::vector<std::string> notify;
};

/// The steps for the incidents that it matches.
struct EscalationPolicy {
  std::string name;
  model::Priority from = model::Priority::low;  ///< only incidents of this severity or worse
  std::vector<model::IncidentType> types;       ///< none: all
  std::vector<std::string> services;            ///< it touches one of them; none: all
  int repeat = 0;                               ///< how often all steps are taken once more
  int acknowledgements = 1;                     ///< so many different people must acknowledge
  std::vector<EscalationStep> steps;
  base::SourceSpot spot;
};

struct Escalation {
  std::vector<EscalationPolicy> policies;  ///< in the order in which they are tried
  /// How long after its last update an incident of that severity owes the next one; none: only its moves tell.
  std::array<std::optional<base::Milliseconds>, 4> updates;
};
Escalation builtin_escalation();

/// The first that matches; null: nobody is told.
EscalationPolicy const* policy_for(Escalation const& escalation, model::Incident const& incident);

/// A step still to be taken.
struct WaitingStep {
  EscalationStep const* step = nullptr;
  std::string id;  ///< round and step: `1.2`
  base::TimePoint at;
};
/// What ladder_steps calls the clock that began then.
std::int64_t generation_of(base::TimePoint escalation_from);
/// The next step; none while somebody works on the incident, it is muted or over, or enough people acknowledged.
std::optional<WaitingStep> next_step(EscalationPolicy const* policy, model::Incident const& incident,
                                     Taken const& taken);

/// When news are owed next: none for what is over or muted.
std::optional<base::TimePoint> update_due(Escalation const& escalation, model::Incident const& incident);

}  // namespace umsops::ladder
