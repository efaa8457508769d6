// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/connection.hpp"
#include "umsops/base/value.hpp"

namespace umsops::store {

class WriteTx;

inline constexpr std::size_t kDigestBytes = 16;  ///< of SHA-256: nobody finds a second row for one of this length

/// One column. In a Row of values bytes are a text of those bytes, whatever they are.
struct Column {
  enum class Type { text, integer, bytes };
  std::string_view name;
  Type type = Type::text;
  bool may_be_empty = false;  ///< a text that is NOT NULL: empty it stays empty, where others become null
  bool later = false;  ///< came with a later schema: the hash takes it by name, so that rows without it keep theirs
};

/// A table other than those of records and events. FROZEN: hashed. The columns stand in the order of the hash.
struct Table {
  std::string_view name;
  std::span<Column const> columns;  ///< all but the last one, which is `seq` or `row_hash`
  std::size_t keys = 1;             ///< the first so many are the primary key, and name the row in messages
  bool settings = false;            ///< a few rows that a copy replaces, where it adds to other tables
  /// Its rows are the history's: `seq` names the event that holds the digest of the row (store/bound_rows.hpp). Rows of
  /// other tables carry a hash of their own, `row_hash`, which tells of damage but not of forgery.
  bool bound = false;
  bool of_records = false;  ///< a row belongs to the record (noun, record)

  /// `seq` or `row_hash`.
  Column last() const;
};

/// Listed by `other_tables()` (store/schema.hpp).
extern Table const kStoreInfo, kMigrations, kResponses, kEscalations, kKeys, kOutbox, kLinks, kLadderSteps, kCallbacks,
    kAttachments, kMails, kTimeline, kSilences, kTurns, kFeedback, kMisses, kDeliveries, kExecutions, kRequesterNames;

/// Values of a row's columns as they are stored, in the table's order.
using Values = std::vector<base::Value>;

/// The canonical JSON list of the table's name and the row's values, `further` ones last; bytes as hexadecimal digits.
std::string row_text(Table const& table, Values const& values, std::initializer_list<base::Value> further = {});
/// Of SHA-256 over that: 16 bytes.
std::string row_hash(Table const& table, Values const& values);

/// As the store keeps it: times as epoch milliseconds, booleans as 0 and 1, objects as canonical JSON, absent or empty
/// as null.
base::Value stored_value(base::Value value);
void make_stored(base::Value& value);
/// The same for the values of a row of that table.
Values stored_values(Table const& table, Values values);

/// `INSERT INTO table(columns, row_hash) VALUES ($1, ...)`, with `ending` after it, of `stored_values`, for a table
/// that is not bound.
void insert_hashed(Connection& db, Table const& table, Values values, std::string_view ending = {});
/// The insert itself: `last` is the value of the table's last column.
void insert_row(Connection& db, Table const& table, Values const& values, base::Value const& last,
                std::string_view ending = {});

/// `name, ..., row_hash`, or seq.
std::string column_list(Table const& table);

void bind_at(Statement& statement, int parameter, Column const& column, base::Value const& value);
/// The value in that place of the current row.
base::Value stored_at(Statement const& row, int place, Column::Type type);
/// The values of the current row of a statement that selects the table's columns from place `first` on.
Values stored_row(Statement const& row, std::span<Column const> columns, int first = 0);

/// `table key key`: what a message calls the row.
std::string name_of(Table const& table, Values const& values);
/// Reports (name of the row) each row whose own hash does not fit its columns.
void verify_rows(Connection& db, Table const& table, std::function<void(std::string const& row)> const& report);

}  // namespace umsops::store
