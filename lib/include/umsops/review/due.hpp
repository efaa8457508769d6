// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "umsops/base/time.hpp"
#include "umsops/calendar/calendar.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::review {

/// By when the review of an incident of that severity is to be REVIEWED, from the end of the incident on: CRITICAL
/// three days, HIGH five business days, to the end of the last of them (PagerDuty's SEV-1 and SEV-2); none for others.
/// Without a calendar Monday to Friday are business days, in UTC.
std::optional<base::TimePoint> due_for(model::Priority severity, base::TimePoint ended,
                                       calendar::Calendar const* business);

}  // namespace umsops::review
