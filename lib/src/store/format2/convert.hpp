// SPDX-License-Identifier: Apache-2.0
// From the store's second format to the third.
#pragma once

#include "store/event_log.hpp"
#include "store/schema.hpp"
#include "store/store.hpp"

namespace umsops::store::format2 {

/// A step within the old format: its SQL, noted in the old table.
std::size_t add_step(WriteTx& tx, std::span<MigrationStep const> rest, base::TimePoint now);

/// Verifies the old store, makes the new tables as all steps leave them, moves every row and event over and makes the
/// chain anew: its hashes cover other things. The last event, `migrated`, holds the head of the old chain. Throws
/// `store.damaged`.
std::size_t convert(WriteTx& tx, std::span<MigrationStep const> rest, base::TimePoint now);

/// Whether a head that was kept elsewhere is the one that the chain had before the migration.
bool is_head_before(Connection& db, Head const& head);

}  // namespace umsops::store::format2
