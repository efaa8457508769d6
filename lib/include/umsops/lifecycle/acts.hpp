// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "umsops/lifecycle/transitions.hpp"

/// Each act takes the ticket as it is and gives it as it will be; an equal one means that nothing happens. What an act
/// is not allowed to do throws `ticket.transition`, with the states that are allowed, or an error of its own.
namespace umsops::lifecycle {

using model::Ticket;
using model::TimePoint;

/// OPEN becomes ASSIGNED. In work in hand another person has to begin anew, so IN_PROGRESS becomes ASSIGNED; PENDING
/// and ESCALATED stay. Finished work must be reopened first.
Ticket assigned(Ticket ticket, std::string const& to);
/// Takes it from whoever has it; ASSIGNED becomes OPEN.
Ticket released(Ticket ticket);

/// An EXTERNAL reply of staff: the first one is the first response, for good. Work has begun: IN_PROGRESS, but a ticket
/// that waits or is finished stays so. CLOSED takes none: throws `ticket.closed`.
Ticket replied(Ticket ticket, TimePoint at);
/// Word of the requester: what waited for it goes on where it was, what was RESOLVED is reopened. CLOSED:
/// `ticket.closed`.
Ticket answered(Ticket ticket, TicketStatus before_pending);

/// Waits for somebody outside, until a time or until the requester answers. `until` must lie ahead of `now`: throws
/// `ticket.wake_up_past`.
Ticket pended(Ticket ticket, std::optional<TimePoint> until, model::WakeUp then, TimePoint now);
/// Goes on in the state before. What waits for nothing: `ticket.not_pending`.
Ticket woken(Ticket ticket, TicketStatus before_pending);

/// One level higher than before, or to a level that is named; never down without `down`, never past LEVEL_3: throws
/// `ticket.level`. The level of a finished ticket does not change: `ticket.transition`.
Ticket escalated(Ticket ticket, std::optional<model::Level> level, bool down);

/// What was done, and what helped; the text is required: throws `ticket.resolution`.
struct Resolution {
  std::string text;
  std::string knowledge;  ///< id of an article or solution; empty: none
};
Ticket resolved(Ticket ticket, Resolution const& resolution, TimePoint at);
/// Only what is RESOLVED.
Ticket closed(Ticket ticket, TimePoint at);
/// Back to work. CLOSED only within `window` of its closing: throws `ticket.reopen_window`.
Ticket reopened(Ticket ticket, TimePoint at, base::Milliseconds window);

}  // namespace umsops::lifecycle
