// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "umsops/model/ticket.hpp"

namespace umsops::model {
namespace {

using S = TicketStatus;

// The transition table. PENDING goes back to the state before it, which its history tells.
constexpr std::array kFromOpen{S::assigned, S::pending, S::escalated, S::resolved};
constexpr std::array kFromAssigned{S::in_progress, S::open, S::pending, S::escalated, S::resolved};
constexpr std::array kFromInProgress{S::pending, S::escalated, S::resolved, S::assigned};
constexpr std::array kFromPending{S::open, S::assigned, S::in_progress, S::escalated, S::resolved};
constexpr std::array kFromEscalated{S::in_progress, S::pending, S::resolved, S::escalated};
constexpr std::array kFromResolved{S::closed, S::in_progress};
constexpr std::array kFromClosed{S::in_progress};

}  // namespace

std::span<TicketStatus const> allowed_transitions(TicketStatus from) {
  switch (from) {
    case S::open: return kFromOpen;
    case S::assigned: return kFromAssigned;
    case S::in_progress: return kFromInProgress;
    case S::pending: return kFromPending;
    case S::escalated: return kFromEscalated;
    case S::resolved: return kFromResolved;
    case S::closed: return kFromClosed;
  }
  return {};
}

bool is_open(TicketStatus status) { return status != S::resolved && status != S::closed; }

}  // namespace umsops::model
