// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/connection.hpp"
#include "umsops/model/event.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::store {

/// A ticket moved from one status to another.
struct Moved {
  base::TimePoint at{};
  model::TicketStatus from = model::TicketStatus::open, to = model::TicketStatus::open;
  std::optional<base::TimePoint> until;  ///< how long it was to wait, where this ended its waiting
};

/// All moves, in the order of the record; without reading the rest of what its events say.
std::vector<Moved> moves_of(Connection& db, std::string_view ticket_id);
/// An event of a conversation on the line: `transferred`, `joined`, `left`; with what it tells of `conversation`.
struct LineEvent {
  std::int64_t seq = 0;
  base::TimePoint at{};
  std::string kind, actor;
  base::Value told;
};
/// Oldest first; without reading the rest of what the ticket's events say.
std::vector<LineEvent> line_events_of(Connection& db, std::string_view ticket_id);
/// The move that these changes tell of.
std::optional<Moved> move_in(base::TimePoint at, std::vector<model::Change> const& changes);

}  // namespace umsops::store
