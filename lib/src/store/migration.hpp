// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "store/connection.hpp"
#include "store/maintenance.hpp"
#include "umsops/base/time.hpp"

namespace umsops::store {

/// The schema version of a copy that is not finished, so that no command takes it for a store.
inline constexpr std::int64_t kUnfinishedSchema = 0;
/// In `store_info` of such a copy: which state of which store it is of.
inline constexpr std::string_view kCopyMark = "copy_of";
/// Throws `store.unfinished`, `store.old` or `store.new` unless the store has a schema that is accepted.
void refuse_other_schema(Connection& db, std::int64_t actual, OpenOptions const& options);
/// The step's SQL in an engine's words.
std::string sqlite_dialect(std::string_view sql);
std::string postgres_dialect(std::string_view sql);
/// Notes in the store that the step was applied.
void record_migration(Connection& db, MigrationStep const& step, base::TimePoint now);
/// The steps that are missing, each in one transaction; those that another process was faster with are not among what
/// it gives. `before_first(step)` runs before anything is changed.
std::vector<AppliedMigration> apply_steps(Store& store, std::span<MigrationStep const> steps, base::TimePoint now,
                                          std::function<void(MigrationStep const&)> const& before_first = {});
/// `migrate_store` with other steps than the embedded ones.
std::vector<AppliedMigration> migrate_with(std::string const& path, std::vector<MigrationStep> const& steps,
                                           base::TimePoint now, base::Milliseconds lock_wait,
                                           std::string const& audit_key = {});

}  // namespace umsops::store
