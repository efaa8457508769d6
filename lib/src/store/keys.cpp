// SPDX-License-Identifier: Apache-2.0
#include "store/keys.hpp"

#include "store/bound_rows.hpp"
#include "store/record_ref.hpp"
#include "store/record_table.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/json.hpp"

namespace umsops::store {
namespace {

constexpr std::size_t kContentDigits = 2 * kDigestBytes;

}  // namespace

std::string content_hash(std::string_view content) { return base::sha256_hex(content).substr(0, kContentDigits); }

std::optional<KeyRow> find_key(Connection& db, std::string_view noun, std::string_view key) {
  RecordTable const* const table = db.schema().find(noun);
  Reading row(db.prepare(
      table ? "SELECT n, key_content FROM " + std::string(table->name) + " WHERE key = $1"
            : std::string("SELECT record, content_hash FROM idempotency_keys WHERE key = $1 AND noun = $2")));
  row->bind(1, key);
  if (!table) row->bind(2, noun);
  if (!row->step()) return std::nullopt;
  return KeyRow{row->integer(0), base::to_hex(row->bytes(1))};
}

void insert_key(WriteTx& tx, std::string_view noun, std::string_view key, model::Ref const& record,
                std::string const& content_hash) {
  tx.take_turn();
  // The primary key refuses a second request with the same key, should two run at the same time.
  insert_bound(tx, kKeys, {noun, key, in_hand_or_stored(tx, record), base::from_hex(content_hash).value_or("")});
}

std::vector<RecordKey> keys_of(Connection& db, model::Ref const& record) {
  RecordTable const* const table = db.schema().find(record.noun);
  std::vector<RecordKey> found;
  if (!table) return found;
  std::int64_t const n = place_of(db, record);
  for (std::string_view const noun : table->key_nouns) {
    // The index by record, whatever the primary key begins with.
    Reading rows(db.prepare(
        "SELECT key, content_hash FROM idempotency_keys WHERE record = $1 AND noun || '' = $2 ORDER BY key"));
    rows->bind(1, n).bind(2, noun);
    while (rows->step()) found.push_back({std::string(noun), rows->text(0), base::to_hex(rows->bytes(1))});
  }
  return found;
}

void insert_outbox(WriteTx& tx, model::OutboxMessage const& message, std::string const& id, base::TimePoint now) {
  // In the transaction of its cause: what is rolled back sends no message, and what is stored always does.
  tx.take_turn();
  bool const about_none = message.record_id.empty();
  std::int64_t const record = about_none ? 0 : in_hand_or_stored(tx, {message.noun, message.record_id});
  insert_hashed(tx.connection(), kOutbox,
                {now, id, message.topic, message.noun, record, message.recipient, base::to_json(message.payload),
                 "WAITING", std::int64_t{0}, base::Value(), now});
}

}  // namespace umsops::store
