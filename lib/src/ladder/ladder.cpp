// SPDX-License-Identifier: Apache-2.0
#include "umsops/ladder/ladder.hpp"

#include <algorithm>

namespace umsops::ladder {

std::vector<Rung> waiting(sla::Policy const& policy, calendar::Calendar const& calendar, sla::Clocks const& clocks,
                          model::Ticket const& ticket, Taken const& taken) {
  std::vector<Rung> rungs;
  for (sla::Step const& step : policy.ladder) {
    sla::Clock const& clock =
        step.clock == sla::ClockKind::response ? clocks.response_clock() : clocks.resolution_clock();
    if (!clock.running || !step.when.accepts(ticket) || taken.contains({clock.generation, step.id()})) continue;
    if (auto const at = sla::step_due(calendar, clock, step)) rungs.push_back({&step, clock.generation, *at});
  }
  std::stable_sort(rungs.begin(), rungs.end(), [](Rung const& a, Rung const& b) { return a.at < b.at; });
  return rungs;
}

}  // namespace umsops::ladder
