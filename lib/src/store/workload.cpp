// SPDX-License-Identifier: Apache-2.0
#include "store/workload.hpp"

#include "store/table.hpp"

namespace umsops::store {

std::int64_t open_tickets_of(Connection& db, std::string_view assignee) {
  // The conditions are those of the partial index, word for word: engines use it only where they see that it fits.
  Reading row(
      db.prepare("SELECT COUNT(*) FROM support_tickets"
                 " WHERE assignee_id = $1 AND status NOT IN ('RESOLVED', 'CLOSED') AND status <> 'SPAM'"));
  row->bind(1, assignee);
  return row->step() ? row->integer(0) : 0;
}

std::vector<Turn> assignment_turns(Connection& db) {
  Reading row(db.prepare("SELECT pool, person, at FROM assignment_turns ORDER BY pool"));
  std::vector<Turn> turns;
  while (row->step()) {
    turns.push_back({row->text(0), row->text(1), row->time_at(2)});
  }
  return turns;
}

void store_turn(WriteTx& tx, Turn const& turn) {
  tx.take_turn();
  insert_hashed(
      tx.connection(), kTurns, {turn.pool, turn.person, turn.at},
      " ON CONFLICT(pool) DO UPDATE SET person = excluded.person, at = excluded.at, row_hash = excluded.row_hash");
}

}  // namespace umsops::store
