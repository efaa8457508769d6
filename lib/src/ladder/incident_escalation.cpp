// SPDX-License-Identifier: Apache-2.0
#include "umsops/ladder/incident_escalation.hpp"

#include <algorithm>

namespace umsops::ladder {
namespace {

using model::Incident;
using model::Priority;

template <class Item>
bool among(std::vector<Item> const& items, Item const& item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

bool accepts(EscalationPolicy const& policy, Incident const& incident) {
  auto const& services = incident.affected_services;
  return incident.severity >= policy.from && (policy.types.empty() || among(policy.types, incident.type)) &&
         (policy.services.empty() || std::any_of(services.begin(), services.end(), [&](std::string const& service) {
            return among(policy.services, service);
          }));
}

bool waits(EscalationPolicy const& policy, Incident const& incident) {
  return incident.escalation_from && model::is_active(incident.status) && !model::is_muted(incident) &&
         incident.acknowledgers.size() < static_cast<std::size_t>(policy.acknowledgements);
}

}  // namespace

Escalation builtin_escalation() {
  using namespace std::chrono_literals;
  Escalation out;
  EscalationPolicy worst;
  worst.name = "critical";
  worst.from = Priority::critical;
  worst.repeat = 2;
  worst.steps = {{5min, {"assignee", "audience:operations"}},
                 {10min, {"audience:operations"}},
                 {15min, {"audience:operations", "audience:executives"}}};
  EscalationPolicy bad;
  bad.name = "high";
  bad.from = Priority::high;
  bad.repeat = 1;
  bad.steps = {{15min, {"assignee", "audience:operations"}}, {30min, {"audience:operations"}}};
  out.policies = {std::move(worst), std::move(bad)};
  // By severity, LOW first.
  out.updates = {std::nullopt, base::Milliseconds(4h), base::Milliseconds(1h), base::Milliseconds(30min)};
  return out;
}

EscalationPolicy const* policy_for(Escalation const& escalation, Incident const& incident) {
  auto const found = std::find_if(escalation.policies.begin(), escalation.policies.end(),
                                  [&](EscalationPolicy const& policy) { return accepts(policy, incident); });
  return found == escalation.policies.end() ? nullptr : &*found;
}

std::int64_t generation_of(base::TimePoint escalation_from) { return escalation_from.time_since_epoch().count(); }

std::optional<WaitingStep> next_step(EscalationPolicy const* policy, Incident const& incident, Taken const& taken) {
  if (!policy || !waits(*policy, incident)) return std::nullopt;
  std::int64_t const generation = generation_of(*incident.escalation_from);
  base::TimePoint at = *incident.escalation_from;
  for (int round = 0; round <= policy->repeat; ++round) {
    for (std::size_t i = 0; i < policy->steps.size(); ++i) {
      at += policy->steps[i].after;
      std::string id = std::to_string(round + 1) + "." + std::to_string(i + 1);
      if (!taken.contains({generation, id})) return WaitingStep{&policy->steps[i], std::move(id), at};
    }
  }
  return std::nullopt;
}

std::optional<base::TimePoint> update_due(Escalation const& escalation, Incident const& incident) {
  auto const every = escalation.updates[static_cast<std::size_t>(incident.severity)];
  if (!every || !incident.last_update_at || !model::is_open(incident.status) || model::is_muted(incident))
    return std::nullopt;
  return *incident.last_update_at + *every;
}

}  // namespace umsops::ladder
