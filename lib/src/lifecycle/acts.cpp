// SPDX-License-Identifier: Apache-2.0
#include "umsops/lifecycle/acts.hpp"

#include "lifecycle/levels.hpp"
#include "umsops/base/error.hpp"

namespace umsops::lifecycle {
namespace {

using base::Error;
using S = TicketStatus;

bool is_asked(Ticket const& ticket) { return ticket.approval == model::Approval::waiting; }

void forget_question(Ticket& ticket) {
  ticket.approval.reset();
  ticket.approver.clear();
  ticket.approval_deputy.clear();
  ticket.approval_due_at.reset();
}

void refuse_asked(Ticket const& ticket) {
  if (!is_asked(ticket)) return;
  throw Error(base::errors::approval_asked, {{"id", ticket.ticket_number}, {"approver", ticket.approver}});
}

/// Moves it by the table. Whatever leaves PENDING waits for nothing any more, and what is finished for nobody's yes.
void move(Ticket& ticket, Act act, S wanted, S before_pending = S::open) {
  auto const to = target(ticket.status, act, before_pending);
  if (!to) refuse_move(ticket, wanted);
  ticket.status = *to;
  if (*to != S::pending) {
    ticket.pending_until.reset();
    ticket.pending_then.reset();
  }
  if (!model::is_open(*to) && is_asked(ticket)) forget_question(ticket);
}

/// Back to where it was, if nobody has taken it out of PENDING by other ways.
void end_question(Ticket& ticket, S before_pending) {
  if (!is_asked(ticket)) throw Error(base::errors::approval_none, {{"id", ticket.ticket_number}});
  ticket.approval_due_at.reset();
  if (ticket.status == S::pending) move(ticket, Act::wake, before_pending, before_pending);
}

void refuse_closed(Ticket const& ticket) {
  if (ticket.status == S::closed) throw Error(base::errors::ticket_closed, {{"id", ticket.ticket_number}});
}

/// Whole minutes of real time since it was filed.
std::int64_t minutes_since_filed(Ticket const& ticket, TimePoint at) {
  return std::max<std::int64_t>(0, std::chrono::floor<std::chrono::minutes>(at - ticket.created_at).count());
}

/// Finished work that is taken up again.
void take_up(Ticket& ticket) {
  ++ticket.reopen_count;
  ticket.resolved_at.reset();
  ticket.closed_at.reset();
  ticket.resolution_time_minutes.reset();
  ticket.resolution_working_minutes.reset();
  ticket.resolution.clear();
  ticket.knowledge.clear();
}

}  // namespace

Ticket assigned(Ticket ticket, std::string const& to) {
  if (model::is_open(ticket.status) && ticket.assignee_id == to) return ticket;
  move(ticket, Act::assign, S::assigned);
  ticket.assignee_id = to;
  return ticket;
}

Ticket queued(Ticket ticket, std::string const& team, bool stays) {
  if (!model::is_open(ticket.status)) refuse_move(ticket, S::assigned);
  if (ticket.team == team) return ticket;
  ticket.team = team;
  return stays ? ticket : released(std::move(ticket));
}

Ticket released(Ticket ticket) {
  if (ticket.assignee_id.empty()) return ticket;
  move(ticket, Act::release, S::open);
  ticket.assignee_id.clear();
  return ticket;
}

Ticket replied(Ticket ticket, TimePoint at) {
  refuse_closed(ticket);
  move(ticket, Act::reply, S::in_progress);
  if (ticket.first_response_at) return ticket;
  ticket.first_response_at = std::max(at, ticket.created_at);
  ticket.response_time_minutes = minutes_since_filed(ticket, at);
  return ticket;
}

Ticket answered(Ticket ticket, TicketStatus before_pending) {
  refuse_closed(ticket);
  if (ticket.status == S::pending && is_asked(ticket)) return ticket;
  bool const was_resolved = ticket.status == S::resolved;
  move(ticket, Act::answer, S::in_progress, before_pending);
  if (was_resolved) take_up(ticket);
  return ticket;
}

Ticket pended(Ticket ticket, std::optional<TimePoint> until, model::WakeUp then, TimePoint now) {
  if (until && *until <= now) {
    throw Error(base::errors::ticket_wake_up_past,
                {{"id", ticket.ticket_number}, {"time", base::format_rfc3339(*until)}});
  }
  refuse_asked(ticket);
  move(ticket, Act::pend, S::pending);
  ticket.pending_until = until;
  ticket.pending_then = until ? std::optional(then) : std::nullopt;
  return ticket;
}

Ticket asked(Ticket ticket, Question const& question, TimePoint now) {
  ticket = pended(std::move(ticket), question.until, model::WakeUp::open, now);
  ticket.approval = model::Approval::waiting;
  ticket.approver = question.of;
  ticket.approval_deputy = question.deputy;
  ticket.approval_due_at = question.until;
  return ticket;
}

Ticket passed_on(Ticket ticket, TimePoint until) {
  ticket.pending_until = ticket.approval_due_at = until;
  return ticket;
}

Ticket decided(Ticket ticket, model::Approval outcome, std::string const& by, TicketStatus before_pending) {
  end_question(ticket, before_pending);
  ticket.approval = outcome;
  if (!by.empty()) ticket.approver = by;
  return ticket;
}

Ticket withdrawn(Ticket ticket, TicketStatus before_pending) {
  end_question(ticket, before_pending);
  forget_question(ticket);
  return ticket;
}

Ticket woken(Ticket ticket, TicketStatus before_pending) {
  if (ticket.status != S::pending) {
    throw Error(base::errors::ticket_not_pending,
                {{"id", ticket.ticket_number}, {"from", std::string(model::to_string(ticket.status))}});
  }
  refuse_asked(ticket);
  move(ticket, Act::wake, before_pending, before_pending);
  return ticket;
}

Ticket escalated(Ticket ticket, std::optional<model::Level> level, bool down) {
  // Somebody has to say yes all the same; whoever it is escalated to can ask them.
  if (!is_asked(ticket)) move(ticket, Act::escalate, S::escalated);
  ticket.escalation_level =
      raised_level(ticket.escalation_level, level, down, base::errors::ticket_level, ticket.ticket_number);
  return ticket;
}

Ticket resolved(Ticket ticket, Resolution const& resolution, TimePoint at) {
  bool const same = ticket.status == S::resolved && (resolution.text.empty() || ticket.resolution == resolution.text) &&
                    (resolution.knowledge.empty() || ticket.knowledge == resolution.knowledge);
  if (same) return ticket;
  refuse_asked(ticket);
  move(ticket, Act::resolve, S::resolved);
  if (resolution.text.empty()) throw Error(base::errors::ticket_resolution, {{"id", ticket.ticket_number}});
  ticket.resolution = resolution.text;
  ticket.knowledge = resolution.knowledge;
  ticket.resolved_at = std::max(at, ticket.created_at);
  ticket.resolution_time_minutes = minutes_since_filed(ticket, at);
  return ticket;
}

Ticket closed(Ticket ticket, TimePoint at) {
  if (ticket.status == S::closed) return ticket;
  move(ticket, Act::close, S::closed);
  ticket.closed_at = std::max(at, ticket.created_at);
  return ticket;
}

Ticket marked_spam(Ticket ticket) {
  if (ticket.status == S::spam) return ticket;
  move(ticket, Act::spam, S::spam);
  return ticket;
}

Ticket rated(Ticket ticket, std::int64_t rating) {
  if (ticket.rating == rating) return ticket;
  if (ticket.rating) {
    throw Error(base::errors::ticket_rated, {{"id", ticket.ticket_number}, {"rating", std::to_string(*ticket.rating)}});
  }
  if (ticket.status != S::resolved && ticket.status != S::closed) {
    throw Error(base::errors::ticket_not_finished,
                {{"id", ticket.ticket_number}, {"from", std::string(model::to_string(ticket.status))}});
  }
  ticket.rating = rating;
  return ticket;
}

Ticket reopened(Ticket ticket, TimePoint at, base::Milliseconds window) {
  if (model::is_open(ticket.status)) return ticket;
  if (ticket.status == S::spam) {  // it was never worked on: it begins
    move(ticket, Act::reopen, S::open);
    return ticket;
  }
  if (ticket.closed_at && at - *ticket.closed_at > window) {
    throw Error(base::errors::ticket_reopen_window,
                {{"id", ticket.ticket_number},
                 {"closed", base::format_rfc3339(*ticket.closed_at)},
                 {"days", std::to_string(std::chrono::floor<std::chrono::days>(window).count())}});
  }
  move(ticket, Act::reopen, S::in_progress);
  take_up(ticket);
  return ticket;
}

}  // namespace umsops::lifecycle
