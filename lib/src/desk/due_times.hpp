// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "desk/open_desk.hpp"
#include "store/timeline.hpp"
#include "umsops/ladder/ladder.hpp"
#include "umsops/sla/clocks.hpp"

namespace umsops::desk {

/// What a ticket's clocks follow: its history, read by the moves between its states.
sla::History history_of(model::Ticket const& ticket, std::vector<store::Moved> const& moves);
/// The state that a PENDING ticket was in before.
model::TicketStatus state_before_pending(std::vector<store::Moved> const& moves);

/// A ticket seen against its policy; without one `policy` is null.
struct SlaState {
  sla::Policy const* policy = nullptr;
  sla::Clocks clocks;
  std::vector<ladder::Rung> rungs;  ///< steps of its ladder that wait
};
SlaState sla_state_of(OpenDesk& desk, store::Connection& db, model::Ticket const& ticket,
                      std::vector<store::Moved> const& moves, base::TimePoint now,
                      sla::Count count = sla::Count::closed_runs);

/// Gives a new ticket its policy and its due times. `moves` and `taken` are those of a history that an import brought.
void set_first_due_times(OpenDesk& desk, model::Ticket& ticket, std::vector<store::Moved> const& moves = {},
                         ladder::Taken const& taken = {});
/// The policy anew where what it is chosen by changed, working minutes where a clock ended with this change, and the
/// due times.
void set_due_times(OpenDesk& desk, store::Connection& db, model::Ticket const& before, model::Ticket& after);

}  // namespace umsops::desk
