// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "store/ticket_table.hpp"

namespace umsops::store {

/// A ticket whose time has come; `at` and `n` are its place in the order of times.
struct DueTicket {
  std::string id;
  base::TimePoint at{};
  std::int64_t n = 0;
};
/// Those due until then, in the order of their times, at most so many at a call and each once. It goes forward only:
/// a ticket that stays due is behind it, and one that comes due later is met again. So a walk costs what it gives,
/// however many tickets there are and however many of them cannot be acted on.
class DueWalk {
 public:
  explicit DueWalk(base::TimePoint until) : until_(until) {}
  std::vector<DueTicket> next(Connection& db, std::int64_t most);

 private:
  base::TimePoint until_;
  base::TimePoint at_ = base::TimePoint::min();  ///< the last one given, as below
  std::int64_t n_ = 0;
};

/// Stores derived columns that differ, or all of them `anyway`, without a new revision: they are no part of the record.
void store_due_times(WriteTx& tx, model::Ticket const& before, model::Ticket const& after, bool anyway = false);
/// The same for `next_action_at` alone.
void set_next_action(WriteTx& tx, model::Ticket const& ticket, std::optional<base::TimePoint> at);

/// Place and id of tickets that are not CLOSED, or of all, in the order of their places from behind place `after`.
std::vector<std::pair<std::int64_t, std::string>> tickets_behind(Connection& db, std::int64_t after, bool closed_too,
                                                                 std::int64_t most);

}  // namespace umsops::store
