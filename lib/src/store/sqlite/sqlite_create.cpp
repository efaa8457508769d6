// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>

#include "store/migration.hpp"
#include "store/sqlite/sqlite_engine.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "store/table.hpp"
#include "umsops/base/error.hpp"

namespace umsops::store {
namespace {

using base::Error;
namespace errors = base::errors;

void make_folders(std::string const& folder) {
  struct stat facts {};
  if (::stat(folder.c_str(), &facts) == 0 || folder == "." || folder == "/") return;
  make_folders(folder_of(folder));
  // Private: it is ours alone, and the store holds personal data. Synced: a store is lost with its folder.
  if (::mkdir(folder.c_str(), 0700) == 0) return sync_file(folder_of(folder), O_DIRECTORY);
  if (errno == EEXIST) return;
  if (errno == EROFS) throw Error(errors::store_read_only, {{"path", folder}});
  if (errno == ENOSPC || errno == EDQUOT) throw Error(errors::store_full, {{"path", folder}});
  throw Error(errors::store_permission, {{"path", folder}});
}

/// A log left from another store would be taken for this one's and change it.
void refuse_leftovers(std::string const& path) {
  for (char const* ending : {"-wal", "-shm", "-journal"}) {
    std::string const name = path + ending;
    if (sqlite_exists(name)) {
      // A log only ever appears after its store: if that is there now, another process was quicker.
      if (sqlite_exists(path)) throw Error(errors::store_exists, {{"path", path}});
      throw Error(errors::store_unavailable, {{"problem", name + " is left over from another store; move it away"}});
    }
  }
}

void fill(SqliteConnection& db, std::string const& store_id, base::TimePoint now, Schema const& schema) {
  db.run_script("BEGIN IMMEDIATE; PRAGMA application_id=" + std::to_string(kApplicationId));
  for (MigrationStep const& step : schema.making()) {
    db.run_step(step.sql);
    record_migration(db, step, now);
    db.run_script("PRAGMA user_version=" + std::to_string(step.version));
  }
  std::int64_t const at = now.time_since_epoch().count();
  insert_hashed(db, kStoreInfo, {"store_id", store_id});
  insert_hashed(db, kStoreInfo, {"created_at", std::to_string(at)});
  // The mode cannot change inside a transaction.
  db.run_script("COMMIT; PRAGMA journal_mode=WAL");
}

}  // namespace

void make_room(std::string const& path) {
  if (sqlite_exists(path)) throw Error(errors::store_exists, {{"path", path}});
  make_folders(folder_of(path));
  refuse_network_file_system(path);
  refuse_leftovers(path);
}

void sqlite_create(std::string const& path, std::string const& store_id, base::TimePoint now, Schema const& schema) {
  make_room(path);
  DraftFile draft(path);
  {
    SqliteConnection db(draft.path(), SqliteConnection::Mode::draft, std::chrono::milliseconds{0});
    fill(db, store_id, now, schema);
  }
  draft.publish();
}

}  // namespace umsops::store
