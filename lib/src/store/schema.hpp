// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "umsops/base/time.hpp"

namespace umsops::store {

struct RecordTable;
struct Table;
class WriteTx;

/// One numbered step of the schema, embedded from `migrations/NNNN_name.sql`.
struct MigrationStep {
  std::int64_t version = 0;
  std::string_view name, sql;
  /// Brings an older store to this step where SQL alone cannot; it runs `sql` itself. `rest` is this step and those
  /// behind it: rows that are moved into the tables of today need what later steps add to them. Gives how many of them
  /// it took. Null: `sql` is all.
  std::size_t (*convert)(WriteTx& tx, std::span<MigrationStep const> rest, base::TimePoint now) = nullptr;
};

/// Made of records, and made anew after a copy: neither hashed nor verified row by row.
struct MadeTable {
  std::string_view name, columns;  ///< `search_page`; `page, seg, first, data`
};

/// What a store is made of. Copying, verifying and the history walk these lists: a table that is in neither does not
/// exist for them, so a test holds the lists against the tables that the steps make.
struct Schema {
  std::vector<MigrationStep> steps;             ///< oldest first
  std::span<RecordTable const* const> records;  ///< one a kind of record
  std::span<Table const* const> tables;         ///< all others but `events`
  std::int64_t first = 1;                       ///< the step that a new store begins with: it needs none before it

  std::int64_t version() const { return steps.back().version; }
  /// Those that make a new store.
  std::span<MigrationStep const> making() const;
  /// The table of that kind of record; null: this program does not know the kind.
  RecordTable const* find(std::string_view noun) const;
};

std::span<RecordTable const* const> record_tables();
std::span<Table const* const> other_tables();
/// The search index (store/whole_index.hpp): beside those of the schema, which copies and checks know row by row.
std::span<MadeTable const> made_tables();

/// The schema of this program's stores: the embedded steps and the two lists. Tests open stores with one of their own.
Schema const& desk_schema();

}  // namespace umsops::store
