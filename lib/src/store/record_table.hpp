// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/filter_sql.hpp"
#include "store/listing.hpp"
#include "store/store.hpp"
#include "store/table.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/field.hpp"
#include "umsops/query/query.hpp"

namespace umsops::store {

/// A field whose stored form differs from its JSON.
struct PackedField {
  std::string_view field;
  base::Value (*pack)(base::Value const& value, base::RecordType const& type, base::Row const& row) = nullptr;
  base::Value (*unpack)(base::Value const& stored) = nullptr;
};

/// The table of a kind of record, as data: one constant a noun (`ticket_table()`), everything else walks it. Beside the
/// columns of the type's fields such a table has
///   n           row key: a small integer in the order of creation, so that rows lie in that order. The number of a
///               record that is made here is `n` in the desk's format. It means something in this store only.
///   last_event  `seq` of the newest event about the record: its history is read from there, event by event
///   brought     1 for a record that has an index entry by what it is called, null for all others (see `find_record`)
///   key_content where records have a key: 16 bytes, hash of the request that came with it; null: not known
/// and, where something is derived, `derived_check`.
///
/// `id` is a ULID, the name by which the record is known beyond this store.
struct RecordTable {
  base::RecordType const& type;
  std::string_view name;             ///< `support_tickets`
  base::ErrorCode const& not_found;  ///< what a change of an absent record throws
  std::string_view created;          ///< the column, with an index, of the time that the record's id begins with
  bool keyed = false;                ///< a unique field `key`, with an index, and `key_content`
  bool derives = false;              ///< it has derived columns, and `derived_check`
  std::span<std::string_view const> key_nouns = {};  ///< nouns of `idempotency_keys` that point at these records
  bool newest_first = false;                         ///< lists go by `created`, newest first, unless asked otherwise
  Split split = {};                                  ///< see Listing
  std::vector<std::string_view> narrow = {};
  ComputedSql* computed = nullptr;  ///< SQL of computed fields that may stand in a filter
  PackedField packed = {};
  /// Is told of each change of a row, with its columns before and after it; null: there was, or is, none.
  void (*follows)(WriteTx& tx, std::vector<base::Value> const* before, std::vector<base::Value> const* after) = nullptr;

  /// The fields that have a column, by index in `type.fields`: the order of every column list here.
  std::vector<std::size_t> columns = {};
  std::optional<std::size_t> derived_by = {};  ///< the column of `type.derived_by`

  /// Fills in what follows from the rest. Throws `field.unknown` for a field that the type has not.
  static RecordTable made(RecordTable table);
  /// Among the columns. Throws for a field without one.
  std::size_t column_of(std::string_view field) const;
};

/// Values of a record's columns as they are stored, in the order of `RecordTable::columns`.
using Columns = std::vector<base::Value>;

/// A row with what only the store knows of it.
struct StoredRow {
  Columns columns;
  std::int64_t n = 0, last_event = 0;
  bool brought = false;
  std::string key_content;
};

/// The number that the next new record gets, its `n` to be. None is left out, but by records that bring others.
std::int64_t next_number(WriteTx& tx, RecordTable const& table);

/// What a new record brings beside its fields.
struct NewRecord {
  std::int64_t own_number = 0;  ///< one in the desk's format: the record gets that `n` unless it is taken
  bool in_crowd = false;        ///< others of the same time may be there: an import's days and hours
  std::string key_content;      ///< `content_hash` of the request (store/keys.hpp); empty: not known
};
/// Stores a new record; gives the text of its state (`state_text`), which the event of the change must carry.
std::string insert_record(WriteTx& tx, RecordTable const& table, Columns columns, NewRecord const& brings = {});
/// The same, and gives the row itself.
StoredRow insert_new_record(WriteTx& tx, RecordTable const& table, Columns columns, NewRecord const& brings = {});
/// The row alone.
void insert_record_row(Connection& db, RecordTable const& table, StoredRow const& row);
/// The same for a change. Throws Conflict when the stored record is not at revision `known` any more.
std::string update_record(WriteTx& tx, RecordTable const& table, Columns columns, std::int64_t known);
/// The same for a change after which nobody can tell what request the record was made by: its `key_content` goes.
std::string update_without_request(WriteTx& tx, RecordTable const& table, Columns columns, std::int64_t known);
/// Stores derived columns that differ: no event tells of it, and the state stays.
void update_derived(WriteTx& tx, RecordTable const& table, Columns columns, std::int64_t known);

std::string number_column(RecordTable const& table);
/// The place that a number made here ends in: its last digits. 0: none, or too many.
std::int64_t place_in_number(std::string_view number);
/// Whether the row must be `brought`: its id is not of its time, or its number does not end in its place.
bool must_be_brought(RecordTable const& table, StoredRow const& row);

enum class By { id, number };
/// Few ids and numbers have an index entry: an id begins with the time of `created`, which has one, and a number ends
/// in the digits of `n`. Records of which that is not true, and those that came when there was one of the same time
/// already, are `brought`, and indexed by both.
std::optional<Columns> find_record(Connection& db, RecordTable const& table, By by, std::string_view key);
/// Those whose internal id begins so, or whose number does among the newest 10,000, newest first, at most `most`.
std::vector<Columns> find_by_prefix(Connection& db, RecordTable const& table, std::string_view prefix,
                                    std::size_t most);

/// The whole row. Throws `table.not_found`.
StoredRow stored_record(Connection& db, RecordTable const& table, std::string_view id);
std::optional<Columns> record_at(Connection& db, RecordTable const& table, std::int64_t n);

/// `n` of the record of that id; 0: there is none.
std::int64_t place_of(Connection& db, RecordTable const& table, std::string_view id);
/// Its id; empty: there is none.
std::string id_at(Connection& db, RecordTable const& table, std::int64_t n);

/// Where the record of that id stands, and the last event about it; both 0: there is none.
struct RecordPlace {
  std::int64_t n = 0, last_event = 0;
};
RecordPlace find_place(Connection& db, RecordTable const& table, std::string_view id);
/// Where the next event about the record of that id comes; in the transaction's hand from then on. Throws
/// `table.not_found`.
RecordPlace take_in_hand(WriteTx& tx, RecordTable const& table, std::string_view id);
/// Writes down the last event of the record in hand, where its row does not say so yet.
void put_down(WriteTx& tx);

Listing listing_of(RecordTable const& table);
/// Gives the records in the order asked (always made total by `n`). Throws for a cursor of another query.
Rest list_records(Connection& db, RecordTable const& table, query::Query const& query,
                  std::function<bool(Columns&&)> const& visit);
std::int64_t count_records(Connection& db, RecordTable const& table, query::Filter const& filter);

}  // namespace umsops::store
