// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "store/engine.hpp"
#include "store/migration.hpp"
#include "store/postgres/postgres_store.hpp"
#include "store/table.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/store_address.hpp"

namespace umsops::store {
namespace {

using base::Error;
namespace errors = base::errors;

/// Making a store takes no option for the wait: nobody else has it open yet.
constexpr base::Milliseconds kMakingWait{60'000};

bool has_schema(PostgresConnection& db) {
  return db.number(
             "SELECT count(*) FROM pg_class WHERE relname = 'schema_migrations' AND relnamespace = "
             "current_schema()::regnamespace") > 0;
}

void fill(PostgresConnection& db, std::string const& store_id, base::TimePoint now, Schema const& schema) {
  for (MigrationStep const& step : schema.making()) {
    db.run_step(step.sql);
    record_migration(db, step, now);
  }
  insert_hashed(db, kStoreInfo, {"store_id", store_id});
  insert_hashed(db, kStoreInfo, {"created_at", std::to_string(now.time_since_epoch().count())});
  // Not a step of the common schema: the lock of a file store lies beside the file. The row is only ever locked.
  db.run_script("CREATE TABLE umsops_turn(one BIGINT NOT NULL PRIMARY KEY); INSERT INTO umsops_turn VALUES (1)");
}

// NOLINTNEXTLINE(cppcoreguidelines-virtual-class-destructor): it is final and lives for ever
class PostgresEngine final : public Engine {
 public:
  std::unique_ptr<Store> open(OpenOptions const& options) const override {
    if (options.access != OpenOptions::Access::create) return std::make_unique<PostgresStore>(options);
    throw Error(exists(options.path) ? errors::store_exists : errors::store_absent,
                {{"path", base::shown_store(options.path)}});
  }

  bool exists(std::string const& path) const override {
    PostgresConnection db(path, kMakingWait);
    return has_schema(db);
  }

  void create(std::string const& path, std::string const& store_id, base::TimePoint now,
              Schema const& schema) const override {
    PostgresConnection db(path, kMakingWait);
    // All in one transaction: a store is there whole or not at all. There is no turn to take yet.
    db.begin(PostgresConnection::Kind::write);
    try {
      if (has_schema(db)) throw Error(errors::store_exists, {{"path", db.shown()}});
      fill(db, store_id, now, schema);
      db.commit();
    } catch (Conflict const&) {  // another process makes the same tables
      db.rollback();
      throw Error(errors::store_exists, {{"path", db.shown()}});
    } catch (...) {
      db.rollback();
      throw;
    }
  }

  std::vector<AppliedMigration> applied(std::string const& path) const override {
    PostgresStore store({.path = path, .accept = OpenOptions::Accept::any});
    std::vector<AppliedMigration> applied;
    Reading row(store.connection().prepare("SELECT version, name, applied_at FROM schema_migrations ORDER BY version"));
    while (row->step()) {
      applied.push_back({row->integer(0), row->text(1), base::TimePoint{base::Milliseconds{row->integer(2)}}});
    }
    return applied;
  }

  std::vector<AppliedMigration> migrate(std::string const& path, std::vector<MigrationStep> const& steps,
                                        base::TimePoint now, base::Milliseconds lock_wait,
                                        std::string const& audit_key) const override {
    PostgresStore store(
        {path, OpenOptions::Access::write, lock_wait, &desk_schema(), audit_key, OpenOptions::Accept::any});
    return apply_steps(store, steps, now);
  }

  RestoreSummary restore(RestoreOptions const&) const override {
    throw Error(
        errors::store_elsewhere,
        {{"what", "db restore"},
         {"engine", "PostgreSQL"},
         {"suggestion",
          "a file goes into an empty schema with: umsops db copy FILE ADDRESS; a dump of pg_dump with pg_restore"}});
  }
};

}  // namespace

Engine const& postgres_engine() {
  static constexpr PostgresEngine engine;
  return engine;
}

}  // namespace umsops::store
