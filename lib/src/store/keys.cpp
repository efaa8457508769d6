// SPDX-License-Identifier: Apache-2.0
#include "store/keys.hpp"

#include "store/row_hash.hpp"
#include "umsops/base/json.hpp"

namespace umsops::store {

std::optional<KeyRow> find_key(Connection& db, std::string_view noun, std::string_view key) {
  Reading row(db.prepare("SELECT record_id, content_hash FROM idempotency_keys WHERE noun = $1 AND key = $2"));
  row->bind(1, noun).bind(2, key);
  if (!row->step()) return std::nullopt;
  return KeyRow{row->text(0), row->text(1)};
}

void insert_key(WriteTx& tx, std::string_view noun, std::string_view key, KeyRow const& row, base::TimePoint now) {
  tx.take_turn();
  // The primary key refuses a second request with the same key, should two run at the same time.
  insert_hashed(tx.connection(), kKeys, {noun, key, row.record_id, row.content_hash, now});
}

void insert_outbox(WriteTx& tx, model::OutboxMessage const& message, std::string const& id, base::TimePoint now) {
  // In the transaction of its cause: what is rolled back sends no message, and what is stored always does.
  tx.take_turn();
  insert_hashed(tx.connection(), kOutbox,
                {id, message.topic, message.noun, message.record_id, message.recipient, base::to_json(message.payload),
                 "WAITING", std::int64_t{0}, now, base::Value(), now});
}

}  // namespace umsops::store
