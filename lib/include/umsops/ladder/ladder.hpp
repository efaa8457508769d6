// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "umsops/sla/clocks.hpp"

/// Escalation ladders: which steps of a policy are due when. Pure functions of values.
namespace umsops::ladder {

using base::TimePoint;

/// Steps that were taken: generation of the clock, and step id. A step is taken once per generation.
using Taken = std::set<std::pair<std::int64_t, std::string>>;

/// A step still to be taken.
struct Rung {
  sla::Step const* step = nullptr;  ///< points into the policy
  int generation = 1;
  TimePoint at;  ///< due time, past or future
};

/// The steps still to be taken, by due time; at equal times in the order of the policy. Only running clocks have steps:
/// a ticket that was answered or resolved, or waits for somebody outside, is not escalated. Steps whose criteria the
/// ticket does not meet are left out.
std::vector<Rung> waiting(sla::Policy const& policy, calendar::Calendar const& calendar, sla::Clocks const& clocks,
                          model::Ticket const& ticket, Taken const& taken);

}  // namespace umsops::ladder
