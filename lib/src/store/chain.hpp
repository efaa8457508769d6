// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/connection.hpp"
#include "umsops/model/event.hpp"

namespace umsops::store {

/// `hash` before the first event: 32 zero bytes.
std::string const& no_hash();

/// A row of `events` as it is stored; empty texts are NULL, and so are a `record` and `previous` of 0.
///
/// `changes` is JSON, {"field": [before, after]}, or {"field": {"erased": true}} for what an import brought without its
/// values. Personal values lie in `private_values` (the same shape) and in the columns actor, login, db_user and
/// reason: the chain covers only a digest of each, so that a value can be erased while the chain stays valid. A digest
/// is SHA-256 over the field's own salt and the JSON list [field, before, after]; the field's salt is SHA-256 over the
/// event's `salt` and the field's name. `digests` is empty until something is erased: then it is JSON, {"field":
/// {"digest":
/// ...}} for what is gone and {"field": {"salt": ...}} for what stays, and `salt` is gone too.
///
/// The digest of the record's state and those of bound rows have salts of their own in the same way, since they are
/// seen where the record is not: short personal texts could be found from them by trying.
struct EventRow {
  std::int64_t seq = 0, at = 0, rev = 0;
  std::int64_t record = 0;      ///< `n` of the record
  std::int64_t previous = 0;    ///< the event before it about the same record
  std::int64_t given_time = 0;  ///< 1: `at` was given (--now), not taken from the clock
  std::string actor, login, db_user, command, noun, kind, reason, rules_version;
  std::string changes;  ///< empty: the record's first event, whose state_hash covers all that it began with
  std::string private_values, digests;
  std::string salt;        ///< 16 bytes
  std::string bound;       ///< see store/bound_rows.hpp
  std::string state_hash;  ///< 16 bytes; empty: the event does not change the record
  std::string key_id;      ///< 4 bytes, of the key that `hash` was made with; empty: without one
  std::string hash;        ///< 32 bytes
};

/// What salts are made for besides the fields. No field has a name like this.
/// FROZEN: hashed.
inline constexpr std::string_view kStateSalt = "#state", kRowsSalt = "#rows";

/// One column, and where it is kept in an EventRow.
struct EventColumn {
  std::string_view name;
  std::int64_t EventRow::*number = nullptr;
  std::string EventRow::*text = nullptr;
  bool bytes = false;
  bool required = false;  ///< NOT NULL
};
/// In the order in which they are read and written.
std::span<EventColumn const> event_columns();
/// `seq, at, ...`
std::string const& event_column_list();
int event_column_count();

/// Begins a statement that reads `events_of(seq, previous)`: a record's events, from $1, its last one, back, since each
/// names the one before.
inline constexpr std::string_view kEventsOfRecord =
    "WITH RECURSIVE events_of(seq, previous) AS (SELECT seq, previous FROM events WHERE seq = $1 "
    "UNION ALL SELECT e.seq, e.previous FROM events AS e JOIN events_of AS o ON e.seq = o.previous) ";

EventRow read_event_row(Statement const& row);
void insert_event_row(Connection& db, EventRow const& row);
std::optional<EventRow> find_event_row(Connection& db, std::int64_t seq);
/// Places of events and records are counted up to here, which all programs can hold (JSON); beyond it somebody else has
/// counted. Throws `store.damaged`.
void refuse_wild_place(std::int64_t place);
/// The one behind it; throws the same.
std::int64_t place_after(std::int64_t last);

/// Where an event stands in the chain, as the columns of those names.
struct EventPlace {
  std::int64_t seq = 0, record = 0, previous = 0;
};
/// What the event and its place say. The chain's own is left: bound, state_hash, hash. `salt`: of an IdSource.
EventRow to_event_row(model::Event const& event, EventPlace const& place, std::string const& salt);
/// Throws `store.damaged` when the row is no event. Changes stand in the order of the record's fields; those of a first
/// event are left empty. `record_id` and `previous_hash` come from elsewhere.
model::Event to_event(EventRow const& row, Schema const& schema);

/// The salt of that field, or of `kStateSalt`, `kRowsSalt`.
std::string salt_of(EventRow const& row, std::string_view name);
/// The digests that the chain covers, by name, as hexadecimal digits.
std::map<std::string, std::string, std::less<>> digests_of(EventRow const& row);
bool is_erased(EventRow const& row, std::string_view name);
/// Forgets a salt that no digest was made with: nothing would tell of an edit of it.
void drop_unused_salt(EventRow& row);
/// Takes the value of that field or remark out of the row, digests and salt apart.
void remove_value(EventRow& row, std::string_view name);
/// 16 bytes of SHA-256 over its salt and the text of the state.
std::string state_digest(EventRow const& row, std::string_view state_text);

inline constexpr std::size_t kKeyIdBytes = 4;
/// The first bytes of SHA-256 over a word and the key: tells which key it was, and nothing of it.
std::string key_id_of(std::string_view key);
/// The hash that the row's columns give: SHA-256 (with a key: HMAC-SHA-256) over the JSON list of seq, at, command,
/// noun, record, previous, kind, rev, rules_version, given_time, key_id, changes (null for a first event), the digests
/// as an object sorted by name, bound, state_hash, and the hash of the event before. Bytes as hexadecimal digits.
std::string chain_hash(EventRow const& row, std::string_view hash_before, std::string_view key);

/// Fills in what is made of the rest: `state_hash` from the text of the record's state (empty: none), `key_id`, `hash`.
void seal_event(EventRow& row, std::string_view state_text, std::string_view hash_before, std::string_view key);

/// Reports what the hash does not cover: texts written otherwise than this program writes them, and values that are
/// gone although they may not be erased, or where this program cannot tell. Gives the names of values that are gone.
std::vector<std::string> verify_private_values(EventRow const& row, Schema const& schema,
                                               std::function<void(std::string const& problem)> const& report);

}  // namespace umsops::store
