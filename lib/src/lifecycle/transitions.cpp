// SPDX-License-Identifier: Apache-2.0
#include "umsops/lifecycle/transitions.hpp"

#include <array>

#include "lifecycle/moves.hpp"
#include "umsops/base/error.hpp"

namespace umsops::lifecycle {
namespace {

using S = TicketStatus;

constexpr std::array<std::string_view, 11> kActs{"assign",   "release", "reply", "answer", "pend", "wake",
                                                 "escalate", "resolve", "close", "reopen", "spam"};
constexpr std::array<std::string_view, 4> kNeeds{"nothing", "assignee", "text", "resolution"};

constexpr Move kMoves[] = {
    {S::open, Act::assign, S::assigned},
    {S::open, Act::release, S::open},
    {S::open, Act::reply, S::in_progress},
    {S::open, Act::answer, S::open},
    {S::open, Act::pend, S::pending},
    {S::open, Act::escalate, S::escalated},
    {S::open, Act::resolve, S::resolved},
    {S::open, Act::spam, S::spam},

    {S::assigned, Act::assign, S::assigned},
    {S::assigned, Act::release, S::open},
    {S::assigned, Act::reply, S::in_progress},
    {S::assigned, Act::answer, S::assigned},
    {S::assigned, Act::pend, S::pending},
    {S::assigned, Act::escalate, S::escalated},
    {S::assigned, Act::resolve, S::resolved},
    {S::assigned, Act::spam, S::spam},

    {S::in_progress, Act::assign, S::assigned},
    {S::in_progress, Act::release, S::in_progress},
    {S::in_progress, Act::reply, S::in_progress},
    {S::in_progress, Act::answer, S::in_progress},
    {S::in_progress, Act::pend, S::pending},
    {S::in_progress, Act::escalate, S::escalated},
    {S::in_progress, Act::resolve, S::resolved},
    {S::in_progress, Act::spam, S::spam},

    {S::pending, Act::assign, S::pending},
    {S::pending, Act::release, S::pending},
    {S::pending, Act::reply, S::pending},
    {S::pending, Act::answer, S::open},
    {S::pending, Act::answer, S::assigned},
    {S::pending, Act::answer, S::in_progress},
    {S::pending, Act::answer, S::escalated},
    {S::pending, Act::wake, S::open},
    {S::pending, Act::wake, S::assigned},
    {S::pending, Act::wake, S::in_progress},
    {S::pending, Act::wake, S::escalated},
    {S::pending, Act::pend, S::pending},
    {S::pending, Act::escalate, S::escalated},
    {S::pending, Act::resolve, S::resolved},
    {S::pending, Act::spam, S::spam},

    {S::escalated, Act::assign, S::escalated},
    {S::escalated, Act::release, S::escalated},
    {S::escalated, Act::reply, S::in_progress},
    {S::escalated, Act::answer, S::escalated},
    {S::escalated, Act::pend, S::pending},
    {S::escalated, Act::escalate, S::escalated},
    {S::escalated, Act::resolve, S::resolved},
    {S::escalated, Act::spam, S::spam},

    {S::resolved, Act::reply, S::resolved},
    {S::resolved, Act::answer, S::in_progress},
    {S::resolved, Act::close, S::closed},
    {S::resolved, Act::reopen, S::in_progress},

    {S::closed, Act::reopen, S::in_progress},

    {S::spam, Act::reopen, S::open},
};

}  // namespace

std::string_view to_string(Act act) { return kActs[static_cast<std::size_t>(act)]; }
std::string_view to_string(Need need) { return kNeeds[static_cast<std::size_t>(need)]; }

std::span<Move const> moves() { return kMoves; }

Need need(Act act) {
  switch (act) {
    case Act::assign:
      return Need::assignee;
    case Act::reply:
    case Act::answer:
      return Need::text;
    case Act::resolve:
      return Need::resolution;
    case Act::release:
    case Act::pend:
    case Act::wake:
    case Act::escalate:
    case Act::close:
    case Act::reopen:
    case Act::spam:
      return Need::nothing;
  }
  return Need::nothing;
}

std::optional<TicketStatus> target(TicketStatus from, Act act, TicketStatus before_pending) {
  std::optional<TicketStatus> only;
  for (Move const& move : kMoves) {
    if (move.from != from || move.act != act) continue;
    if (from == S::pending && (act == Act::wake || act == Act::answer) && move.to != before_pending) continue;
    only = move.to;
  }
  return only;
}

std::vector<TicketStatus> reachable(TicketStatus from) { return reachable_in(moves(), from); }

void refuse_move(model::Ticket const& ticket, TicketStatus to) {
  refuse_move_of(base::errors::ticket_transition, ticket.ticket_number, ticket.status, to, "");
}

}  // namespace umsops::lifecycle
