// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "umsops/model/ticket.hpp"

/// The life cycle of a ticket: its states, the act for each move, and what each act does. Pure functions of values; the
/// states and moves are those of the source SOP with PENDING, checked against Request Tracker's and iTop's.
namespace umsops::lifecycle {

using model::TicketStatus;

/// Acts on a ticket: verbs of the command line, and acts of the requester or of time.
enum class Act { assign, release, reply, answer, pend, wake, escalate, resolve, close, reopen, spam };
/// `assign`, `release`, `reply` (by staff), `answer` (by the requester), `pend`, `wake`, ...
std::string_view to_string(Act act);

/// What an act requires.
enum class Need { nothing, assignee, text, resolution };
std::string_view to_string(Need need);

/// One row of the transition table.
struct Move {
  TicketStatus from;
  Act act;
  TicketStatus to;  ///< with several rows for one state and act: the state before PENDING
};
/// All of them, by state.
std::span<Move const> moves();
Need need(Act act);

/// The state that an act leads to; nullopt: not allowed in that state. For `wake` and an `answer` to a PENDING ticket
/// the state before PENDING decides between several.
std::optional<TicketStatus> target(TicketStatus from, Act act, TicketStatus before_pending = TicketStatus::open);
/// The states reachable from `from` in one move, without `from` itself, in the order of the states.
std::vector<TicketStatus> reachable(TicketStatus from);

/// Throws `ticket.transition` with the allowed states.
[[noreturn]] void refuse_move(model::Ticket const& ticket, TicketStatus to);

}  // namespace umsops::lifecycle
