// SPDX-License-Identifier: Apache-2.0
#include "store/late_indexes.hpp"

#include <algorithm>

#include "store/record_table.hpp"

namespace umsops::store {

void LateIndexes::expect_record(Connection& db, RecordTable const& table, std::int64_t last) {
  Growth& growth = growth_.try_emplace(&table, Growth{last}).first->second;
  if (++growth.added != std::max(kMany, growth.before)) return;
  for (std::string& sql : db.drop_indexes(table.name, table.created)) sql_.push_back(std::move(sql));
}

void LateIndexes::build(Connection& db) {
  // As statements: the text comes from the store, and what a script holds would all be run.
  for (std::string const& sql : sql_) Reading(db.prepare(sql))->step();
  sql_.clear();
}

}  // namespace umsops::store
