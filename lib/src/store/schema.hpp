// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace umsops::store {

struct RecordTable;
struct HashedTable;

/// One numbered step of the schema, embedded from `migrations/NNNN_name.sql`.
struct MigrationStep {
  std::int64_t version = 0;
  std::string_view name, sql;
};

/// What a store is made of. Copying, verifying and the history walk these lists: a table that is in neither does not
/// exist for them, so a test holds the lists against the tables that the steps make.
struct Schema {
  std::vector<MigrationStep> steps;             ///< oldest first
  std::span<RecordTable const* const> records;  ///< one a kind of record
  std::span<HashedTable const* const> tables;   ///< all others but `events`, each behind those that it refers to

  std::int64_t version() const { return steps.back().version; }
  /// The table of that kind of record; null: this program does not know the kind.
  RecordTable const* find(std::string_view noun) const;
};

std::span<RecordTable const* const> record_tables();
std::span<HashedTable const* const> hashed_tables();

/// The schema of this program's stores: the embedded steps and the two lists. Tests open stores with one of their own.
Schema const& desk_schema();

}  // namespace umsops::store
