// SPDX-License-Identifier: Apache-2.0
// What an incident knows once another one goes on in it.
#include <algorithm>

#include "model/attributes.hpp"
#include "model/incident_limits.hpp"
#include "umsops/base/error.hpp"
#include "umsops/lifecycle/incident_acts.hpp"

namespace umsops::lifecycle {
namespace {

using S = IncidentStatus;

/// The later word is the graver one, and any word more than none.
template <class Grade>
void take_graver(Grade& grade, Grade const& other) {
  if (grade < other) grade = other;
}

template <class Value>
void take_earlier(std::optional<Value>& at, std::optional<Value> const& other) {
  if (other && (!at || *other < *at)) at = other;
}

void take_times(Incident& incident, Incident const& other) {
  incident.detected_at = std::min(incident.detected_at, other.detected_at);
  take_earlier(incident.impact_started_at, other.impact_started_at);
  // What began did so before it was noticed, by either of them.
  if (incident.impact_started_at)
    *incident.impact_started_at = std::min(*incident.impact_started_at, incident.detected_at);
  if (other.acknowledged_at && (!incident.acknowledged_at || *other.acknowledged_at < *incident.acknowledged_at)) {
    incident.acknowledged_at = other.acknowledged_at;
    incident.acknowledged_by = other.acknowledged_by;
  }
}

/// Their alarms are of one incident from now on.
void take_alarms(Incident& incident, Incident const& other) {
  model::add_words(incident.related_alerts, other.related_alerts, model::kMostAlerts);
  model::add_words(incident.firing_alerts, other.firing_alerts, model::kMostAlerts);
  if (other.alert_count) incident.alert_count = incident.alert_count.value_or(0) + *other.alert_count;
  take_earlier(incident.first_alert_at, other.first_alert_at);
  incident.last_alert_at = std::max(incident.last_alert_at, other.last_alert_at);
}

void take_people(Incident& incident, Incident other) {
  for (std::size_t i = 0; i < model::incident_role_names().size(); ++i) {
    auto const role = static_cast<model::IncidentRole>(i);
    if (model::holder(incident, role).empty()) model::holder(incident, role) = model::holder(other, role);
  }
  if (model::is_open(incident.status) && incident.assigned_to.empty() && !other.assigned_to.empty())
    incident = assigned(std::move(incident), other.assigned_to);
}

void take_attributes(Incident& incident, Incident const& other) {
  auto& own = incident.attributes;
  for (auto const& attribute : other.attributes) {
    bool const known =
        std::any_of(own.begin(), own.end(), [&](auto const& one) { return one.first == attribute.first; });
    if (!known && own.size() < model::kMostAttributes) own.push_back(attribute);
  }
  std::sort(own.begin(), own.end());
}

}  // namespace

Incident absorbed(Incident incident, Incident const& other) {
  bool const goes_on = model::is_open(other.status);
  if (goes_on && !model::is_open(incident.status)) {
    throw base::Error(base::errors::incident_merge_finished, {{"id", incident.incident_number},
                                                              {"status", std::string(to_string(incident.status))},
                                                              {"other", other.incident_number}});
  }
  // Service is not back as long as it is not for one of them.
  if (goes_on && other.status != S::recovered && incident.status == S::recovered)
    incident = verified(std::move(incident), false, incident.detected_at);
  model::add_words(incident.affected_services, other.affected_services, model::kMostServices);
  take_alarms(incident, other);
  take_graver(incident.affected_users, other.affected_users);
  take_graver(incident.business_impact, other.business_impact);
  take_graver(incident.severity, other.severity);
  take_graver(incident.impact, other.impact);
  take_graver(incident.urgency, other.urgency);
  take_graver(incident.priority, other.priority);
  take_times(incident, other);
  take_people(incident, other);
  take_attributes(incident, other);
  return incident;
}

}  // namespace umsops::lifecycle
