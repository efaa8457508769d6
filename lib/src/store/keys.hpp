// SPDX-License-Identifier: Apache-2.0
// What a change stores beside its record: idempotency key and messages to be sent.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.hpp"
#include "umsops/model/event.hpp"
#include "umsops/model/ref.hpp"

namespace umsops::store {

/// What an idempotency key was used for.
struct KeyRow {
  std::int64_t record = 0;   ///< `n` of the record that it made or changed
  std::string content_hash;  ///< of the request: the same key with other content is a conflict; empty: not known
};
/// 128 bits of SHA-256 in hexadecimal digits, to be compared with `KeyRow::content_hash`.
std::string content_hash(std::string_view content);
/// `noun` is the kind of record, for the key that it was made with, or one of its table's `key_nouns`.
std::optional<KeyRow> find_key(Connection& db, std::string_view noun, std::string_view key);
/// Of one of the `key_nouns`. The next event vouches for it.
void insert_key(WriteTx& tx, std::string_view noun, std::string_view key, model::Ref const& record,
                std::string const& content_hash);

/// One of the `key_nouns` of a record.
struct RecordKey {
  std::string noun, key, content_hash;
};
/// Those that changes of the record were asked for with, by noun and key.
std::vector<RecordKey> keys_of(Connection& db, model::Ref const& record);

/// Stores a message to be delivered later, in the transaction of its cause.
void insert_outbox(WriteTx& tx, model::OutboxMessage const& message, std::string const& id, base::TimePoint now);

}  // namespace umsops::store
