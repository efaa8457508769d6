// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "store/tickets.hpp"

namespace umsops::store {

/// A ticket whose time has come.
struct DueTicket {
  std::string id;
  base::TimePoint at{};
};
/// The first ones, in the order of their times. Costs what it gives, however many tickets there are.
std::vector<DueTicket> due_tickets(Connection& db, base::TimePoint now, std::int64_t most);

/// Stores derived columns that differ, or all of them `anyway`, without a new revision: they are no part of the record.
void store_due_times(WriteTx& tx, model::Ticket const& before, model::Ticket const& after, bool anyway = false);
/// The same for `next_action_at` alone.
void set_next_action(WriteTx& tx, model::Ticket const& ticket, std::optional<base::TimePoint> at);

/// Place and id of tickets that are not CLOSED, or of all, in the order of their places from behind place `after`.
std::vector<std::pair<std::int64_t, std::string>> tickets_behind(Connection& db, std::int64_t after, bool closed_too,
                                                                 std::int64_t most);

}  // namespace umsops::store
