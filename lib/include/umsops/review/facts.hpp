// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "umsops/base/time.hpp"
#include "umsops/model/incident.hpp"
#include "umsops/model/timeline_entry.hpp"

namespace umsops::review {

/// A message about the incident, and whether it arrived.
struct ToldPerson {
  base::TimePoint at{};  ///< when it arrived, or else when it was written
  std::string kind;      ///< `incident.alert`
  std::string audience, person, channel;
  std::string state;  ///< `SENT`, `WAITING`, `DEAD`, `DROPPED`
  std::string note;   ///< why it did not arrive
};

/// A step of a runbook that was run for the incident.
struct StepRun {
  base::TimePoint at{};
  std::string runbook, step;
  std::string state;  ///< `SUCCEEDED`, `RECOVERED`, `FAILED`, `TIMED_OUT`; `ASSUMED`: by somebody's word; `PASSED_OVER`
  std::string note;
};

/// An article that was used for it.
struct UsedArticle {
  std::string kb_number, title;
  bool worked = false;
};

/// Another incident of the same type.
struct OtherIncident {
  std::string incident_number, title;
  base::TimePoint detected_at{};
};

/// What the records say of an incident, and what they are measured by.
struct Facts {
  model::Incident incident;
  std::vector<model::TimelineEntry> timeline;  ///< by the time at which things happened
  std::vector<ToldPerson> told;                ///< in the order of their times
  std::vector<StepRun> steps;
  std::vector<UsedArticle> articles;
  std::vector<OtherIncident> earlier;                    ///< same type, detected in the 30 days before it
  std::optional<base::Milliseconds> acknowledge_within;  ///< by its escalation policy; none: nobody was to be called
};

/// How far back the same type counts as the same trouble.
inline constexpr base::Milliseconds kRecurrence{30LL * 24 * 3600 * 1000};

}  // namespace umsops::review
