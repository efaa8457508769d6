// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "umsops/rules/target.hpp"

namespace umsops::rules {

/// Incidents: title and description; type, severity, urgency, category, assigned_to. Conditions may look at the
/// sender's facts, too: source, severity, affected_users, business_impact, affected_services.
Target const& incident_target();

}  // namespace umsops::rules
