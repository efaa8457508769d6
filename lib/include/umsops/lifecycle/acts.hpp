// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "umsops/lifecycle/transitions.hpp"

/// Each act takes a ticket and returns the changed one; an equal result means that nothing changes. An act that the
/// state does not allow throws `ticket.transition` with the allowed states, or an error of its own.
namespace umsops::lifecycle {

using model::Ticket;
using model::TimePoint;

/// OPEN becomes ASSIGNED. Another person has to start work again, so IN_PROGRESS becomes ASSIGNED; PENDING and
/// ESCALATED stay. Finished work must be reopened first.
Ticket assigned(Ticket ticket, std::string const& to);
/// Into a team's queue: who has it keeps it if they `stay`, being of that team; else nobody has it then.
Ticket queued(Ticket ticket, std::string const& team, bool stays);
/// Removes the assignee; ASSIGNED becomes OPEN.
Ticket released(Ticket ticket);

/// An EXTERNAL reply of staff: the first one stays the first response. Work has begun, so the state becomes
/// IN_PROGRESS, unless the ticket is waiting or finished. Throws `ticket.closed` for a CLOSED ticket.
Ticket replied(Ticket ticket, TimePoint at);
/// An answer of the requester: a PENDING ticket returns to the state before, a RESOLVED one is reopened. Throws
/// `ticket.closed` for a CLOSED ticket.
Ticket answered(Ticket ticket, TicketStatus before_pending);

/// Waits for somebody outside, until a time or until the requester answers. Throws `ticket.wake_up_past` unless `until`
/// is after `now`.
Ticket pended(Ticket ticket, std::optional<TimePoint> until, model::WakeUp then, TimePoint now);
/// Returns to the state before. Throws `ticket.not_pending` for a ticket that is not PENDING.
Ticket woken(Ticket ticket, TicketStatus before_pending);

/// Whether somebody has to say yes first; see `asked`.
struct Question {
  std::string of, deputy;  ///< deputy: empty, nobody
  std::optional<TimePoint> until;
};
/// It is PENDING until the answer: the requester's word and an escalation leave it so, and `woken`, `pended` and
/// `resolved` throw `approval.asked`, as does another question.
Ticket asked(Ticket ticket, Question const& question, TimePoint now);
/// The question is passed on: the deputy is asked in their turn.
Ticket passed_on(Ticket ticket, TimePoint until);
/// Ends it with APPROVED or DECLINED by somebody, or EXPIRED: back to the state before. Throws `approval.none`.
Ticket decided(Ticket ticket, model::Approval outcome, std::string const& by, TicketStatus before_pending);
/// Nobody has to say yes any more. Throws `approval.none`.
Ticket withdrawn(Ticket ticket, TicketStatus before_pending);

/// One level up, or to the given level. Throws `ticket.level` for a lower level without `down` and beyond LEVEL_3,
/// `ticket.transition` for a finished ticket.
Ticket escalated(Ticket ticket, std::optional<model::Level> level, bool down);

/// What was done, and what helped. Throws `ticket.resolution` for an empty text.
struct Resolution {
  std::string text;
  std::string knowledge;  ///< id of an article or solution; empty: none
};
Ticket resolved(Ticket ticket, Resolution const& resolution, TimePoint at);
/// Only a RESOLVED ticket.
Ticket closed(Ticket ticket, TimePoint at);
/// Nobody's request: no clock, no message, no report. `reopened` brings it back as OPEN.
Ticket marked_spam(Ticket ticket);
/// What the requester says of finished work. Throws `ticket.not_finished`, and `ticket.rated` where it was rated
/// otherwise before.
Ticket rated(Ticket ticket, std::int64_t rating);
/// Back to work. Throws `ticket.reopen_window` for a ticket CLOSED longer than `window` ago.
Ticket reopened(Ticket ticket, TimePoint at, base::Milliseconds window);

}  // namespace umsops::lifecycle
