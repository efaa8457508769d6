// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/connection.hpp"
#include "umsops/base/value.hpp"

namespace umsops::store {

/// One column of a table whose rows carry a hash.
struct Column {
  std::string_view name;
  bool integer = false;
  bool may_be_empty = false;  ///< a text that is NOT NULL: empty it stays empty, where others become null
};

/// A table whose rows carry `row_hash`. FROZEN: hashed. The columns stand in the order of the hash.
struct HashedTable {
  std::string_view name;
  std::span<Column const> columns;  ///< all but `row_hash`
  std::size_t keys = 1;             ///< the first so many are the primary key, and name the row in messages
  bool settings = false;            ///< a few rows that a copy replaces, where it adds to other tables
  bool in_history = false;          ///< `audit verify` answers for its rows, not only `db check`
  std::string_view told_as = {};    ///< an event's change of this name, [null, id], vouches for the row of that id
};

/// Listed by `hashed_tables()` (store/schema.hpp).
extern HashedTable const kStoreInfo, kMigrations, kSequences, kResponses, kEscalations, kKeys, kOutbox, kLinks,
    kLadderSteps, kCallbacks, kAttachments, kTurns;

/// SHA-256 over the canonical JSON list of the table's name and the row's values as they are stored, `further` ones
/// last.
std::string row_hash(std::string_view table, std::vector<base::Value> const& values,
                     std::initializer_list<base::Value> further = {});

/// As the store keeps it: times as epoch milliseconds, booleans as 0 and 1, objects as canonical JSON, absent or empty
/// as null.
base::Value stored_value(base::Value value);
/// The same for the values of a row of that table.
std::vector<base::Value> stored_values(HashedTable const& table, std::vector<base::Value> values);

/// `INSERT INTO table(columns, row_hash) VALUES ($1, ...)`, with `ending` after it, of `stored_values`. Gives the hash
/// of the row.
std::string insert_hashed(Connection& db, HashedTable const& table, std::vector<base::Value> values,
                          std::string_view ending = {});

/// `name, ..., row_hash`.
std::string column_list(HashedTable const& table);

/// The value in that place of the current row.
base::Value stored_at(Statement const& row, int place, bool integer);
/// The values of the current row of a statement that selects the table's columns from place `first` on.
std::vector<base::Value> stored_row(Statement const& row, std::span<Column const> columns);

/// Reports (key of the row) each row whose hash does not fit its columns.
void verify_rows(Connection& db, HashedTable const& table, std::function<void(std::string const& key)> const& report);

}  // namespace umsops::store
