// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/filter_sql.hpp"
#include "store/listing.hpp"
#include "store/row_hash.hpp"
#include "store/store.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/field.hpp"
#include "umsops/query/query.hpp"

namespace umsops::store {

/// The table of a kind of record, as data: one constant a noun (`ticket_table()`), everything else walks it. Beside the
/// columns of the type's fields such a table has `n`, `row_salt`, `row_hash`, and the two columns named here.
///
/// `n` and `id` are both needed. `n` is the row key: a small integer in the order of creation, so rows lie in that
/// order and every listing gets a total order without an index of its own. It means something in this store only. `id`
/// is a ULID, the name by which events and other tables refer to the record, and unique beyond this store.
///
/// A row has a salt because its hash is seen where the row is not: in events, and in whatever quotes them. Without a
/// salt, short personal texts could be found from the hash by trying.
struct RecordTable {
  base::RecordType const& type;
  std::string_view name;               ///< `support_tickets`
  base::ErrorCode const& not_found;    ///< what a change of an absent record throws
  std::string_view last_by_place;      ///< FROZEN: hashed. Fields up to this one enter the hash by place, later by name
  std::string_view parts_hash;         ///< column: hash over the parts that belong to the record's state
  HashedTable const* parts = nullptr;  ///< the table of those parts; null: it has none
  std::string_view parts_owner = {};   ///< its column with the id of the record
  std::string_view derived_hash = {};  ///< column: hash of what is derived; empty: nothing is
  std::span<std::string_view const> key_nouns = {};  ///< nouns of idempotency keys that point at these records
  std::string_view newest_first = {};                ///< the field that orders lists unless asked otherwise; empty: `n`
  std::string_view split = {};                       ///< see Listing
  std::vector<std::string_view> narrow = {};
  ComputedSql* computed = nullptr;  ///< SQL of computed fields that may stand in a filter
  std::string_view sparse = {};     ///< an object field that is stored without its empty members; empty: none

  /// The fields that have a column, by index in `type.fields`: the order of every column list here.
  std::vector<std::size_t> columns = {};
  std::size_t by_place = 0;                    ///< so many of them enter the hash by place
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
  std::int64_t n = 0;      ///< order of creation
  std::string parts_hash;  ///< over the hashes of its parts, in their order; empty: it has none
  std::string salt;
};

/// The next number of that kind: without gaps, since it is part of the transaction that uses it.
std::int64_t next_number(WriteTx& tx, RecordTable const& table);
/// After an import that brought its own numbers: the counter never falls back behind `used`.
void raise_number(WriteTx& tx, RecordTable const& table, std::int64_t used);
/// Part of every commit: writes the last numbers given, once each.
void store_numbers(WriteTx& tx);

/// Stores a new record; gives the hash of its state, which the history event of the change must carry.
std::string insert_record(WriteTx& tx, RecordTable const& table, Columns columns, std::string const& salt);
/// The same for a change. Throws Conflict when the stored record is not at revision `known` any more.
std::string update_record(WriteTx& tx, RecordTable const& table, Columns columns, std::int64_t known);
/// Takes a new part into the state of its record: the event of the change comes after it.
void append_part(WriteTx& tx, RecordTable const& table, std::string_view id, std::string_view part_hash);
/// The hash over a record's parts after one more of them.
std::string extend_parts_hash(std::string_view before, std::string_view part_hash);

std::string number_column(RecordTable const& table);

enum class By { id, number };
std::optional<Columns> find_record(Connection& db, RecordTable const& table, By by, std::string_view key);
/// Those whose internal id or number begins so, newest first, at most `most`.
std::vector<Columns> find_by_prefix(Connection& db, RecordTable const& table, std::string_view prefix,
                                    std::size_t most);
/// The hash of its state; empty: there is no such record.
std::string state_hash_of(Connection& db, RecordTable const& table, std::string_view id);

Listing listing_of(RecordTable const& table);
/// Gives the records in the order asked (always made total by `n`). Throws for a cursor of another query.
Rest list_records(Connection& db, RecordTable const& table, query::Query const& query,
                  std::function<bool(Columns&&)> const& visit);
std::int64_t count_records(Connection& db, RecordTable const& table, query::Filter const& filter);

}  // namespace umsops::store
