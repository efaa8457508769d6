// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "umsops/desk/record_desk.hpp"
#include "umsops/model/incident.hpp"
#include "umsops/service/incident_assessment.hpp"

/// What the verbs of an incident's life are given, and what they tell beside the incident.
namespace umsops::desk {

/// What of an incident becomes one of its own.
struct IncidentSplit {
  std::vector<std::string> alerts;   ///< related alerts that go over
  std::vector<std::string> entries;  ///< of the timeline, by place or id: they are there from then on, too
  Sets sets;                         ///< of the new incident; what is not said is decided as for any new one
  std::string key;                   ///< of the new one: said again, the same is asked for
};

/// A past incident that resembles one, and why it is thought so.
struct SimilarIncident {
  model::Incident incident;
  double score = 0;         ///< 0 to 1, of all that follows
  double text = 0;          ///< how alike the titles are, 0 to 1
  bool same_alarm = false;  ///< both stand for alarms of one key: it happens again
  bool same_type = false;   ///< and not OTHER
  bool same_source = false;
  std::vector<std::string> services, labels;       ///< what both have; labels as NAME=VALUE
  std::optional<std::int64_t> minutes_to_resolve;  ///< from its detection; none: it is not resolved
};
/// The best ones of the newest `looked_at` incidents.
struct SimilarIncidents {
  model::Incident incident;
  std::vector<SimilarIncident> found;
  std::int64_t looked_at = 0;
};

/// How long incidents of that type and severity took from detection to resolution, of the newest `looked_at` ones.
/// Those that went on in another one are left out. Quartiles and median are values that occurred (nearest rank).
struct ResolveEstimate {
  model::IncidentType type = model::IncidentType::other;
  model::Priority severity = model::Priority::low;
  std::int64_t n = 0, looked_at = 0;
  std::optional<std::int64_t> median_minutes, p25_minutes, p75_minutes;  ///< none: there is no such incident
};

/// Who is on call while an incident is assessed.
struct OnCall {
  std::string schedule, person;  ///< no person: a gap
  bool absent = false;
  std::vector<std::string> skills;  ///< of those that are required
};

/// What an assessment found, and out of what.
struct IncidentAssessment {
  std::optional<std::int64_t> stated_users;
  std::int64_t requesters = 0;  ///< different people who asked in tickets that it has caused
  std::int64_t users() const { return std::max(stated_users.value_or(0), requesters); }

  struct Reached {
    std::string service;
    int tier = 1;
    std::vector<std::string> path;  ///< from the affected service
  };
  service::Assessment grades;
  std::vector<Reached> reached;     ///< services beyond the affected ones
  std::vector<std::string> skills;  ///< that the affected services ask for, and the incident's own
  bool has_roster = false;
  std::vector<OnCall> on_call;
  ResolveEstimate estimate;
};
base::Value to_value(IncidentAssessment const& assessment);

}  // namespace umsops::desk
