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

/// Steps that were taken, by the generation of their clock and the step's id: a step is taken once in each generation.
using Taken = std::set<std::pair<std::int64_t, std::string>>;

/// A step that waits to be taken.
struct Rung {
  sla::Step const* step = nullptr;  ///< of the policy that was asked
  int generation = 1;
  TimePoint at;  ///< when it comes due, past or future
};

/// The steps that wait, in the order in which they come due; of equal times in the order of the policy. Only clocks
/// that run have any: what was answered, resolved or waits for somebody outside is not escalated. Steps whose criteria
/// the ticket does not meet are left out.
std::vector<Rung> waiting(sla::Policy const& policy, calendar::Calendar const& calendar, sla::Clocks const& clocks,
                          model::Ticket const& ticket, Taken const& taken);

}  // namespace umsops::ladder
