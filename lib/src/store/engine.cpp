// SPDX-License-Identifier: Apache-2.0
#include "store/engine.hpp"

#include "store/migration.hpp"
#include "umsops/base/store_address.hpp"

namespace umsops::store {
namespace {

Engine const& engine_of(std::string const& path) {
  return base::names_server(path) ? postgres_engine() : sqlite_engine();
}

}  // namespace

std::unique_ptr<Store> open_store(OpenOptions const& options) { return engine_of(options.path).open(options); }

bool store_exists(std::string const& path) { return engine_of(path).exists(path); }

void create_store(std::string const& path, std::string const& store_id, base::TimePoint now, Schema const& schema) {
  engine_of(path).create(path, store_id, now, schema);
}

std::vector<AppliedMigration> applied_migrations(std::string const& path) { return engine_of(path).applied(path); }

std::vector<AppliedMigration> migrate_store(std::string const& path, base::TimePoint now, base::Milliseconds lock_wait,
                                            std::string const& audit_key) {
  return migrate_with(path, desk_schema().steps, now, lock_wait, audit_key);
}

std::vector<AppliedMigration> migrate_with(std::string const& path, std::vector<MigrationStep> const& steps,
                                           base::TimePoint now, base::Milliseconds lock_wait,
                                           std::string const& audit_key) {
  return engine_of(path).migrate(path, steps, now, lock_wait, audit_key);
}

RestoreSummary restore_store(RestoreOptions const& options) {
  // A server's backups are its own, and its answer says so: also when a server is named where the backup should be.
  return engine_of(base::names_server(options.backup) ? options.backup : options.path).restore(options);
}

}  // namespace umsops::store
