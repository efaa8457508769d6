// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "store/maintenance.hpp"
#include "store/restore.hpp"

namespace umsops::store {

// What stands behind the engine's functions; see Engine.
bool sqlite_exists(std::string const& path);
void sqlite_create(std::string const& path, std::string const& store_id, base::TimePoint now, Schema const& schema);
std::vector<AppliedMigration> sqlite_applied(std::string const& path);
std::vector<AppliedMigration> sqlite_migrate(std::string const& path, std::vector<MigrationStep> const& steps,
                                             base::TimePoint now, base::Milliseconds lock_wait,
                                             std::string const& audit_key);

RestoreSummary sqlite_restore(RestoreOptions const& options);

/// Makes the folders of a new store, and refuses a place where it cannot be.
void make_room(std::string const& path);
/// That name, or the first one of `name.2`, `name.3`, ... that no file has.
std::string free_name(std::string const& name);

}  // namespace umsops::store
