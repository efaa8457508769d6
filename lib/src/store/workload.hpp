// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/store.hpp"

namespace umsops::store {

/// How many unfinished tickets somebody has, whatever they have finished.
std::int64_t open_tickets_of(Connection& db, std::string_view assignee);

/// Who of a pool was picked last.
struct Turn {
  std::string pool, person;
  base::TimePoint at;
};
std::vector<Turn> assignment_turns(Connection& db);
/// Replaces what is known of the pool.
void store_turn(WriteTx& tx, Turn const& turn);

}  // namespace umsops::store
