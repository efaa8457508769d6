// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "store/maintenance.hpp"

namespace umsops::store {

// What stands behind the engine's functions; see Engine.
bool sqlite_exists(std::string const& path);
void sqlite_create(std::string const& path, std::string const& store_id, base::TimePoint now, Schema const& schema);
std::vector<AppliedMigration> sqlite_applied(std::string const& path);
std::vector<AppliedMigration> sqlite_migrate(std::string const& path, std::vector<MigrationStep> const& steps,
                                             base::TimePoint now, base::Milliseconds lock_wait,
                                             std::string const& audit_key);

}  // namespace umsops::store
