// SPDX-License-Identifier: Apache-2.0
// What a change stores beside its record: idempotency key and messages to be sent.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/store.hpp"
#include "umsops/model/event.hpp"

namespace umsops::store {

/// What an idempotency key was used for.
struct KeyRow {
  std::string record_id;     ///< internal id of the record that it made or changed
  std::string content_hash;  ///< of the request: the same key with other content is a conflict
};
/// `noun` is the kind of record, or another of its table's `key_nouns`.
std::optional<KeyRow> find_key(Connection& db, std::string_view noun, std::string_view key);
void insert_key(WriteTx& tx, std::string_view noun, std::string_view key, KeyRow const& row, base::TimePoint now);

/// Stores a message to be delivered later, in the transaction of its cause.
void insert_outbox(WriteTx& tx, model::OutboxMessage const& message, std::string const& id, base::TimePoint now);

}  // namespace umsops::store
