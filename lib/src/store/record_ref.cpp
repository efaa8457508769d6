// SPDX-License-Identifier: Apache-2.0
#include "store/record_ref.hpp"

#include "store/record_table.hpp"
#include "umsops/base/error.hpp"

namespace umsops::store {

std::int64_t place_of(Connection& db, model::Ref const& record) {
  RecordTable const* const table = db.schema().find(record.noun);
  return table ? place_of(db, *table, record.id) : 0;
}

std::int64_t in_hand_or_absent(WriteTx& tx, model::Ref const& record) {
  RecordInHand const& at = tx.in_hand();
  bool const is_it = at.table && at.id == record.id && at.table->type.noun == record.noun;
  return is_it ? at.n : place_of(tx.connection(), record);
}

std::int64_t in_hand_or_stored(WriteTx& tx, model::Ref const& record) {
  if (std::int64_t const n = in_hand_or_absent(tx, record); n != 0) return n;
  RecordTable const* const table = tx.connection().schema().find(record.noun);
  if (!table) throw base::Error(base::errors::internal, {{"problem", "no table has records of kind " + record.noun}});
  throw base::Error(table->not_found, {{"id", record.id}});
}

model::Ref record_at(Connection& db, std::string_view noun, std::int64_t n) {
  RecordTable const* const table = db.schema().find(noun);
  std::string id = table ? id_at(db, *table, n) : std::string();
  if (id.empty()) {
    throw base::Error(base::errors::store_damaged,
                      {{"problem", "there is no " + std::string(noun) + " at place " + std::to_string(n)}});
  }
  return {std::string(noun), std::move(id)};
}

}  // namespace umsops::store
