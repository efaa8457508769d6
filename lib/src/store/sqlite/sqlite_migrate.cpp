// SPDX-License-Identifier: Apache-2.0

#include "store/migration.hpp"
#include "store/sqlite/sqlite_engine.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace umsops::store {
namespace {

std::string four_digits(std::int64_t version) {
  std::string const number = std::to_string(version);
  return std::string(number.size() < 4 ? 4 - number.size() : 0, '0') + number;
}

}  // namespace

std::string free_name(std::string const& name) {
  std::string free = name;
  for (int i = 2; sqlite_exists(free); ++i) free = name + "." + std::to_string(i);
  return free;
}

std::vector<AppliedMigration> sqlite_migrate(std::string const& path, std::vector<MigrationStep> const& steps,
                                             base::TimePoint now, base::Milliseconds lock_wait,
                                             std::string const& audit_key) {
  SqliteStore store({path, OpenOptions::Access::write, lock_wait, &desk_schema(), audit_key, OpenOptions::Accept::any});
  // Before the first step: an older program cannot open the store afterwards, so the way back is this copy. A backup of
  // an earlier try that was cut off stays as it is.
  return apply_steps(store, steps, now, [&](MigrationStep const& first) {
    store.copy_to(free_name(store.path() + ".before-" + four_digits(first.version)));
  });
}

std::vector<AppliedMigration> sqlite_applied(std::string const& path) {
  SqliteStore store({.path = path, .accept = OpenOptions::Accept::any});
  std::vector<AppliedMigration> applied;
  Reading row(store.connection().prepare("SELECT version, name, applied_at FROM schema_migrations ORDER BY version"));
  while (row->step()) {
    applied.push_back({row->integer(0), row->text(1), base::TimePoint{base::Milliseconds{row->integer(2)}}});
  }
  return applied;
}

}  // namespace umsops::store
