// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "umsops/base/value.hpp"
#include "umsops/service/impact.hpp"
#include "umsops/service/priority_matrix.hpp"

/// How much an incident matters, and how soon: functions of what is known of it, of the services and of a matrix.
namespace umsops::service {

/// The four words LOW, MEDIUM, HIGH, CRITICAL; severity, impact and urgency use them as a priority does.
using Grade = model::Priority;

/// What is known of an incident. The severity is what rules make of it; these are the facts that they do not see.
struct IncidentFacts {
  std::int64_t affected_users = 0;
  std::optional<Grade> business_impact;
  std::optional<Grade> sender_severity;  ///< where the report that came in has one
  std::vector<std::string> services;     ///< the affected ones, by any of their names
};

/// Why a value is what it is.
struct Reason {
  enum class Kind {
    nothing_known,    ///< no users, no business impact, no service says anything
    users,            ///< `number` of them
    business_impact,  ///< as stated
    tier,             ///< `number`, of the last service of `path`
    sender,           ///< the sender's severity
    no_failover,      ///< the last service of `path` has tier 1 and no fail-over
    dependant,        ///< the last service of `path` depends on one that is affected
    no_dependant,     ///< nothing else is hit
    matrix,           ///< of impact and urgency
  };
  Kind kind = Kind::nothing_known;
  std::int64_t number = 0;
  std::vector<std::string> path;  ///< names: the affected service, then who depends on whom
};
std::string_view to_string(Reason::Kind kind);  ///< `NOTHING_KNOWN`, `USERS`, ...

struct Graded {
  Grade value = Grade::low;
  Reason because;
};

struct Assessment {
  Graded impact;          ///< the highest of users, business impact and tiers of the affected services
  Graded overall_impact;  ///< the same with the tiers of all that depend on them
  Graded urgency, priority;
  std::vector<std::string> services;  ///< the affected ones by their own names, each once
  std::vector<std::string> unknown;   ///< names that the catalogue does not know
  std::optional<int> overall_tier;    ///< the most important one that is hit; none: no known service
};

/// The urgency is the sender's severity where it has one, else CRITICAL where an affected service of tier 1 has no
/// fail-over, HIGH where another service depends on an affected one, else MEDIUM. The priority is the matrix's for
/// impact and urgency.
Assessment assess(IncidentFacts const& facts, Catalogue const& catalogue, PriorityMatrix const& matrix);

/// The band of the operating procedure: more than 1000 users CRITICAL, than 100 HIGH, than 10 MEDIUM, else LOW.
Grade band_of(std::int64_t users);

/// As JSON: `{"impact":{"value":"HIGH","because":"TIER","number":2,"path":["database"]},…}`.
base::Value to_value(Assessment const& assessment);

}  // namespace umsops::service
