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

/// What a new ticket brings from elsewhere.
struct Brought {
  std::vector<store::Moved> moves;
  ladder::Taken taken;
  /// False: the log does not say when somebody first answered, so that nothing can be said of the response.
  bool knows_response = true;
};
/// Gives a new ticket its policy and its due times.
void set_first_due_times(OpenDesk& desk, model::Ticket& ticket, Brought const& brought = {});
/// Due times of a ticket as it was at the desk's pretended time. What is recorded of clocks that had ended by then
/// holds; `same_generation`: its resolution is the one that it had then.
void set_past_due_times(OpenDesk& desk, model::Ticket& ticket, std::vector<store::Moved> const& moves,
                        bool same_generation);
/// The policy anew where what it is chosen by changed, working minutes where a clock ended with this change, and the
/// due times. Clocks that had ended before keep what was recorded of them.
void set_due_times(OpenDesk& desk, store::Connection& db, model::Ticket const& before, model::Ticket& after);

}  // namespace umsops::desk
