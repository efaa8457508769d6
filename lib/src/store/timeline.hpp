// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
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
/// The move that these changes tell of.
std::optional<Moved> move_in(base::TimePoint at, std::vector<model::Change> const& changes);

}  // namespace umsops::store
