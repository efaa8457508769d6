// SPDX-License-Identifier: Apache-2.0
#include "store/search_misses.hpp"

#include "store/table.hpp"

namespace umsops::store {

void note_miss(WriteTx& tx, std::string const& query, base::TimePoint now) {
  tx.take_turn();
  auto& db = tx.connection();
  std::int64_t asked = 0;
  base::TimePoint first = now;
  {
    Reading known(db.prepare("SELECT asked, first_at FROM search_misses WHERE query = $1"));
    known->bind(1, std::string_view(query));
    if (known->step()) {
      asked = known->integer(0);
      first = known->time_at(1);
    }
  }
  insert_hashed(db, kMisses, {query, asked + 1, first, now},
                " ON CONFLICT(query) DO UPDATE SET asked = excluded.asked, last_at = excluded.last_at, row_hash = "
                "excluded.row_hash");
  Reading oldest(db.prepare(
      "DELETE FROM search_misses WHERE query IN (SELECT query FROM search_misses ORDER BY last_at DESC, query "
      "LIMIT 1000000 OFFSET $1)"));
  oldest->bind(1, kMostMisses).step();
}

void forget_misses(WriteTx& tx) {
  tx.take_turn();
  tx.connection().run_script("DELETE FROM search_misses");
}

std::vector<SearchMiss> search_misses(Connection& db) {
  Reading rows(
      db.prepare("SELECT query, asked, first_at, last_at FROM search_misses ORDER BY asked DESC, last_at DESC, query"));
  std::vector<SearchMiss> found;
  while (rows->step()) found.push_back({rows->text(0), rows->integer(1), rows->time_at(2), rows->time_at(3)});
  return found;
}

}  // namespace umsops::store
