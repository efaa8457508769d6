// SPDX-License-Identifier: Apache-2.0
#include "desk/due_times.hpp"

#include <algorithm>

#include "desk/requester_lookup.hpp"
#include "store/escalations.hpp"

namespace umsops::desk {
namespace {

using base::TimePoint;
using model::Ticket;
using model::TicketStatus;

/// Rounded down: 59 seconds of work are no minute, and sums never claim more than there was.
std::int64_t whole_minutes(base::Milliseconds time) { return std::chrono::floor<std::chrono::minutes>(time).count(); }

void earlier(std::optional<TimePoint>& first, std::optional<TimePoint> const& other) {
  if (other && (!first || *other < *first)) first = other;
}

/// When tick has to do something about the ticket. Stored, so that it finds such tickets by an index instead of working
/// out the clocks of all of them.
std::optional<TimePoint> next_action(OpenDesk const& desk, Ticket const& ticket,
                                     std::vector<ladder::Rung> const& rungs) {
  std::optional<TimePoint> next;
  if (!rungs.empty()) next = rungs.front().at;
  if (ticket.status == TicketStatus::pending) earlier(next, ticket.pending_until);
  auto const rest = desk.options().auto_close;
  if (ticket.status == TicketStatus::resolved && ticket.resolved_at && rest.count() > 0)
    earlier(next, *ticket.resolved_at + rest);
  return next;
}

/// Working time from filing to the last resolution. What lay between a resolution and its reopening counts, as it does
/// in the minutes by the wall clock: both columns measure the same stretch.
std::int64_t minutes_worked(sla::Clocks const& clocks, calendar::Calendar const& calendar) {
  base::Milliseconds used{0};
  std::optional<TimePoint> resolved;
  for (auto const& clock : clocks.all) {
    if (clock.kind != sla::ClockKind::resolution) continue;
    if (resolved) used += working_between(calendar, *resolved, clock.started);
    used += clock.used;
    resolved = clock.ended;
  }
  return whole_minutes(used);
}

/// Somebody had answered, or taken it up, when it was last changed.
bool response_had_ended(Ticket const& ticket, TimePoint ended) {
  return ticket.first_response_at || ticket.status == TicketStatus::in_progress || !model::is_open(ticket.status) ||
         ended < ticket.updated_at;
}

/// What was said of clocks that had ended stays: they are judged by the policy that they ran under. An ended response
/// without a due time is one that nobody knows the end of (see `set_first_due_times`).
void keep_recorded(OpenDesk& desk, Ticket const& recorded, bool same_generation, SlaState& state) {
  if (!state.policy || recorded.sla_policy.empty()) return;
  auto const& calendar = desk.book().calendar(*state.policy, recorded.team);
  auto& response = state.clocks.all.front();
  if (response.ended && response_had_ended(recorded, *response.ended)) {
    recorded.response_due_at ? judge_by(response, calendar, *recorded.response_due_at) : leave_open(response);
  }
  auto& resolution = state.clocks.all[state.clocks.resolution];
  if (same_generation && resolution.ended && recorded.resolution_due_at) {
    judge_by(resolution, calendar, *recorded.resolution_due_at);
  }
}

void derive_due_times(OpenDesk const& desk, Ticket& ticket, SlaState const& state) {
  if (!state.policy) {
    // Without a policy, the deadline may be one that came with an import: that one stays.
    if (!ticket.sla_policy.empty()) ticket.sla_deadline.reset();
    ticket.response_due_at.reset();
    ticket.resolution_due_at.reset();
    ticket.sla_risk_at.reset();
    ticket.sla_breach.reset();
  } else {
    auto const derived = sla::derived(state.clocks);
    ticket.response_due_at = derived.response_due_at;
    ticket.resolution_due_at = derived.resolution_due_at;
    ticket.sla_deadline = derived.sla_deadline;
    ticket.sla_risk_at = derived.sla_risk_at;
    ticket.sla_breach = derived.settled;
  }
  ticket.next_action_at = next_action(desk, ticket, state.rungs);
}

void choose_policy(OpenDesk& desk, Ticket& ticket) {
  // Nothing was promised to nobody.
  auto const* const policy = ticket.status == TicketStatus::spam ? nullptr : desk.book().choose(ticket);
  ticket.sla_policy = policy ? policy->name : "";
  if (ticket.status == TicketStatus::spam) ticket.sla_deadline.reset();
}

/// A policy is chosen by these alone.
bool same_match(Ticket const& a, Ticket const& b) {
  return a.priority == b.priority && a.category == b.category && a.subcategory == b.subcategory &&
         a.service == b.service && a.team == b.team && a.source == b.source && a.requester_id == b.requester_id &&
         a.assignee_id == b.assignee_id && a.attributes == b.attributes;
}

SlaState derive_state(OpenDesk& desk, Ticket const& ticket, std::vector<store::Moved> const& moves, TimePoint now,
                      std::function<ladder::Taken()> const& taken, sla::Count count = sla::Count::closed_runs) {
  SlaState state;
  state.policy = ticket.sla_policy.empty() ? nullptr : desk.book().find(ticket.sla_policy);
  if (!state.policy) return state;
  auto const& calendar = desk.book().calendar(*state.policy, ticket.team);
  state.clocks = sla::derive(*state.policy, calendar, history_of(ticket, moves), now, count);
  // The steps that were taken are asked for only here: most tickets cost no query for them.
  if (!state.policy->ladder.empty() && model::is_open(ticket.status)) {
    state.rungs = ladder::waiting(*state.policy, calendar, state.clocks, ticket, taken());
  }
  return state;
}

}  // namespace

sla::History history_of(Ticket const& ticket, std::vector<store::Moved> const& moves) {
  sla::History history;
  history.first_response = ticket.first_response_at;
  TicketStatus const first = moves.empty() ? ticket.status : moves.front().from;
  if (model::is_open(first)) {
    history.states.push_back({ticket.created_at, first});
  } else {  // it came finished from elsewhere: all that is known are the times at which it was finished
    history.states.push_back({ticket.created_at, TicketStatus::open});
    auto const done = ticket.resolved_at ? ticket.resolved_at : ticket.closed_at;
    history.states.push_back({done.value_or(ticket.created_at), first});
  }
  for (auto const& moved : moves) {
    // Waiting ends at the time that was set, however late tick ran: clocks do not depend on when it did.
    bool const woke = moved.from == TicketStatus::pending && moved.until;
    history.states.push_back({woke ? std::min(moved.at, *moved.until) : moved.at, moved.to});
  }
  return history;
}

TicketStatus state_before_pending(std::vector<store::Moved> const& moves) {
  auto const entered =
      std::find_if(moves.rbegin(), moves.rend(), [](auto const& m) { return m.to == TicketStatus::pending; });
  return entered == moves.rend() ? TicketStatus::open : entered->from;
}

SlaState sla_state_of(OpenDesk& desk, store::Connection& db, Ticket const& ticket,
                      std::vector<store::Moved> const& moves, TimePoint now, sla::Count count) {
  auto const taken = [&] {
    ladder::Taken steps;
    for (auto const& step : store::taken_steps_of(db, model::ref_of(ticket))) steps.emplace(step.generation, step.step);
    return steps;
  };
  return derive_state(desk, ticket, moves, now, taken, count);
}

void set_first_due_times(OpenDesk& desk, Ticket& ticket, Brought const& brought) {
  if (ticket.sla_policy.empty()) choose_policy(desk, ticket);
  auto state = derive_state(desk, ticket, brought.moves, desk.now(), [&] { return brought.taken; });
  if (state.policy && !brought.knows_response && state.clocks.response_clock().ended) {
    leave_open(state.clocks.all.front());
  }
  derive_due_times(desk, ticket, state);
}

void set_past_due_times(OpenDesk& desk, Ticket& ticket, std::vector<store::Moved> const& moves, bool same_generation) {
  Ticket const recorded = ticket;
  auto state = derive_state(desk, ticket, moves, desk.now(), [] { return ladder::Taken(); });
  keep_recorded(desk, recorded, same_generation, state);
  derive_due_times(desk, ticket, state);
}

void set_due_times(OpenDesk& desk, store::Connection& db, Ticket const& before, Ticket& after) {
  // A policy is kept while it fits: changing the text of a ticket does not move it to another.
  bool const gone = !after.sla_policy.empty() && !desk.book().find(after.sla_policy);
  bool const begins = (before.status == TicketStatus::spam) != (after.status == TicketStatus::spam);
  if (after.sla_policy.empty() || gone || begins || !same_match(before, after)) {
    know_requester(db, after);
    choose_policy(desk, after);
  }
  std::vector<store::Moved> moves;
  if (!after.sla_policy.empty()) moves = store::moves_of(db, after.id);
  // The move of this very change is not in the history yet.
  if (after.status != before.status) moves.push_back({desk.now(), before.status, after.status, before.pending_until});
  auto state = sla_state_of(desk, db, after, moves, desk.now());
  if (!gone) keep_recorded(desk, before, !model::is_open(before.status), state);
  if (state.policy) {
    // Written once, when the clock stops: later changes of policies or calendars do not rewrite what was measured.
    if (after.first_response_at && !before.first_response_at) {
      after.response_working_minutes = whole_minutes(state.clocks.response_clock().used);
    }
    if (after.resolved_at && !before.resolved_at) {
      after.resolution_working_minutes = minutes_worked(state.clocks, desk.book().calendar(*state.policy, after.team));
    }
  }
  derive_due_times(desk, after, state);
}

}  // namespace umsops::desk
