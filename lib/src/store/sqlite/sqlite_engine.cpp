// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/sqlite_engine.hpp"

#include <utility>

#include "store/engine.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "umsops/base/error.hpp"

namespace umsops::store {
namespace {

constexpr int kMostOpenings = 5;

/// Opens the store that is at the path. While one is put in another's place, the file of one could be opened with the
/// log of the other: whatever comes of that, an error too, counts only if both are still the same.
std::unique_ptr<Store> open_in_place(OpenOptions const& options) {
  for (int opening = 1; opening <= kMostOpenings; ++opening) {
    auto const files = [&] { return std::pair(file_at(options.path), file_at(options.path + "-wal")); };
    auto const before = files();
    try {
      auto store = std::make_unique<SqliteStore>(options);
      if (store->was_opened_of(before.first, before.second) && store->in_place()) return store;
    } catch (base::Error const&) {
      if (files() == before) throw;
    }
  }
  throw base::Error(base::errors::store_replaced, {{"path", options.path}});
}

// NOLINTNEXTLINE(cppcoreguidelines-virtual-class-destructor): it is final and lives for ever
class SqliteEngine final : public Engine {
 public:
  std::unique_ptr<Store> open(OpenOptions const& options) const override {
    if (options.access != OpenOptions::Access::create) return open_in_place(options);
    throw base::Error(sqlite_exists(options.path) ? base::errors::store_exists : base::errors::store_absent,
                      {{"path", options.path}});
  }
  bool exists(std::string const& path) const override { return sqlite_exists(path); }
  void create(std::string const& path, std::string const& store_id, base::TimePoint now,
              Schema const& schema) const override {
    sqlite_create(path, store_id, now, schema);
  }
  std::vector<AppliedMigration> applied(std::string const& path) const override { return sqlite_applied(path); }
  std::vector<AppliedMigration> migrate(std::string const& path, std::vector<MigrationStep> const& steps,
                                        base::TimePoint now, base::Milliseconds lock_wait,
                                        std::string const& audit_key) const override {
    return sqlite_migrate(path, steps, now, lock_wait, audit_key);
  }
  RestoreSummary restore(RestoreOptions const& options) const override { return sqlite_restore(options); }
};

}  // namespace

Engine const& sqlite_engine() {
  static constexpr SqliteEngine engine;
  return engine;
}

}  // namespace umsops::store
