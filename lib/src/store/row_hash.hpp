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
};

/// A table whose rows carry `row_hash`: its columns without it, in the order of the hash. The first `keys` of them name
/// the row in messages.
struct HashedTable {
  std::string_view name;
  std::span<Column const> columns;
  std::size_t keys = 1;
};

extern HashedTable const kStoreInfo, kMigrations, kSequences, kResponses, kEscalations, kKeys, kOutbox, kLinks,
    kLadderSteps, kCallbacks, kAttachments, kTurns;

/// SHA-256 over the canonical JSON list of the table's name and the row's values as they are stored, `further` ones
/// last.
std::string row_hash(std::string_view table, std::vector<base::Value> const& values,
                     std::initializer_list<base::Value> further = {});

/// `INSERT INTO table(columns, row_hash) VALUES ($1, ...)`, with `ending` after it. Gives the hash of the row.
std::string insert_hashed(Connection& db, HashedTable const& table, std::vector<base::Value> const& values,
                          std::string_view ending = {});

/// The values of the current row of a statement that selects the table's columns from place `first` on.
std::vector<base::Value> stored_row(Statement const& row, std::span<Column const> columns);

/// Reports (key of the row) each row whose hash does not fit its columns.
void verify_rows(Connection& db, HashedTable const& table, std::function<void(std::string const& key)> const& report);

}  // namespace umsops::store
