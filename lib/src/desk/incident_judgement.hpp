// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/open_desk.hpp"
#include "umsops/model/incident.hpp"
#include "umsops/service/incident_assessment.hpp"

namespace umsops::desk {

/// Gives the incident what it is not said to have: type, severity and category by the rules, type and category by the
/// learned model where rules leave them open, then impact, urgency and priority by its users, its business impact, its
/// services and the matrix. `said` names the fields that the caller has set: those are never overruled, and what would
/// have been decided stands beside them. `sender`: how bad the sender of an alarm calls it.
void judge(OpenDesk& desk, model::Incident& incident, std::vector<std::string> const& said,
           std::optional<model::Priority> sender = {});
/// The same of past ones, without the model.
void judge_by_rules(OpenDesk& desk, model::Incident& incident, std::vector<std::string> const& said);

}  // namespace umsops::desk
