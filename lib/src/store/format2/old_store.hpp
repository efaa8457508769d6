// SPDX-License-Identifier: Apache-2.0
// The store's second format (schemas 1 and 2), as far as it is needed to leave it: how its hashes are made.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/connection.hpp"
#include "store/table.hpp"

namespace umsops::store::format2 {

/// Throws `store.damaged` with the first row or event whose hash does not fit or that is gone, or record that is not in
/// the state of its last event. `step` is the one that leaves the format. Whatever passes is vouched for from then on.
void verify(Connection& db, std::int64_t step);
/// Notes that a step of that format was applied, in its own tables.
void record_step(Connection& db, MigrationStep const& step, base::TimePoint now);

/// A table of that format but its `row_hash`; sha256 and content are texts there.
struct OldTable {
  std::string_view name;
  std::vector<Column> columns;
};
std::vector<OldTable> const& old_tables();

/// A row of the old `events`; hashes and salt in hexadecimal digits.
struct OldEvent {
  std::int64_t seq = 0, at = 0, rev = 0;
  std::string actor, login, command, noun, record_id, kind, reason, rules_version, changes, private_values, salt,
      digests, state_hash, previous_hash, hash;
};
/// The columns of a ticket as they are today, read from an old table: null where that had none.
std::string old_ticket_columns();
extern std::string_view const kOldEventColumns;
OldEvent read_event(Statement const& row);

}  // namespace umsops::store::format2
