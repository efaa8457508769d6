// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/connection.hpp"
#include "store/maintenance.hpp"
#include "umsops/base/time.hpp"

namespace umsops::store {

/// Throws `store.old` or `store.new` unless the store has the schema that this program expects.
void refuse_other_schema(std::int64_t actual, Schema const& expected);
/// The step's SQL in an engine's words.
std::string sqlite_dialect(std::string_view sql);
std::string postgres_dialect(std::string_view sql);
/// Notes in the store that the step was applied.
void record_migration(Connection& db, MigrationStep const& step, base::TimePoint now);
/// One step in one transaction; nothing when another process was faster.
std::optional<AppliedMigration> apply_step(Store& store, MigrationStep const& step, base::TimePoint now);
/// `migrate_store` with other steps than the embedded ones.
std::vector<AppliedMigration> migrate_with(std::string const& path, std::vector<MigrationStep> const& steps,
                                           base::TimePoint now, base::Milliseconds lock_wait,
                                           std::string const& audit_key = {});

}  // namespace umsops::store
