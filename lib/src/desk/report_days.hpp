// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "desk/open_desk.hpp"
#include "report/aggregate.hpp"

namespace umsops::desk {

/// Gives the aggregator (its plan made with `Where::here`) all tickets of its plan from the counts by day that each
/// change keeps (store/ticket_days.hpp); of days that the period cuts, the tickets themselves. False, and nothing was
/// given: the plan asks for more than was counted, or for days of another zone.
bool read_days(OpenDesk& desk, report::Aggregator& into);

}  // namespace umsops::desk
