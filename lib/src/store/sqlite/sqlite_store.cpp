// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/sqlite_store.hpp"

#include <sqlite3.h>
#include <sys/stat.h>

#include <algorithm>

#include "store/migration.hpp"
#include "store/sqlite/sqlite_engine.hpp"
#include "store/sqlite/sqlite_errors.hpp"
#include "umsops/base/error.hpp"

namespace umsops::store {
namespace {

using base::Error;
namespace errors = base::errors;

/// Past this many pages the writer copies the log back and truncates it, before it grows without a bound: the
/// engine's own checkpoints are off.
constexpr int kMostLogPages = 100;

constexpr std::string_view kVersion = "PRAGMA user_version";

int note_log_pages(void* pages, sqlite3*, char const*, int count) {
  *static_cast<int*>(pages) = count;
  return SQLITE_OK;
}

std::int64_t size_of(std::string const& path) {
  struct stat facts {};
  return ::stat(path.c_str(), &facts) == 0 ? facts.st_size : 0;
}

}  // namespace

SqliteStore::SqliteStore(OpenOptions const& options, bool any_schema)
    : file_(inspect_store_file(options.path)),
      mark_(file_.device, file_.inode),
      lock_wait_(options.lock_wait),
      any_schema_(any_schema),
      may_write_(options.access != OpenOptions::Access::read),
      db_(file_.path, may_write_ ? SqliteConnection::Mode::write : SqliteConnection::Mode::read, lock_wait_,
          file_.unchanging && !may_write_),
      lock_(file_.path + ".lock") {
  if (may_write_ && (!file_.writable || db_.read_only())) throw Error(errors::store_read_only, {{"path", file_.path}});
  db_.set_schema(*options.schema);
  audit_key_ = options.audit_key;
  sqlite3_wal_hook(db_.raw().getHandle(), note_log_pages, &log_pages_);
  check_version();
}

SqliteStore::~SqliteStore() {
  if (writing_) rollback();
}

void SqliteStore::check_version() {
  if (!any_schema_) refuse_other_schema(db_.number(kVersion), db_.schema());
}

std::string SqliteStore::engine_version() const { return sqlite3_libversion(); }
std::int64_t SqliteStore::schema_version() { return db_.number(kVersion); }
void SqliteStore::set_schema_version(std::int64_t version) {
  db_.run_script("PRAGMA user_version=" + std::to_string(version));
}
std::int64_t SqliteStore::bytes() const { return size_of(file_.path); }
std::int64_t SqliteStore::log_bytes() const { return size_of(file_.path + "-wal"); }

void SqliteStore::begin_write() {
  if (writing_) throw Error(errors::internal, {{"problem", "a write transaction inside another"}});
  if (!may_write_) throw Error(errors::store_read_only, {{"path", file_.path}});
  // The order of locks: our lock file, then BEGIN IMMEDIATE. The file is a queue in the order of arrival and names its
  // holder; the engine alone would poll, and a busy store could keep one writer out for long.
  auto const waited = lock_.acquire(lock_wait_);
  try {
    begin_immediate(waited);
    writing_ = true;
    check_version();  // another process may have migrated the store since it was opened
  } catch (...) {
    rollback();
    throw;
  }
}

void SqliteStore::begin_immediate(base::Milliseconds waited) {
  // Only programs that ignore the lock file can stand in the way here.
  // Both waits together keep to the limit that was asked for.
  if (waited.count() > 0) db_.set_busy_limit(std::max(lock_wait_ - waited, base::Milliseconds{0}));
  try {
    db_.prepare("BEGIN IMMEDIATE").step();
  } catch (Error const& error) {
    if (error.code().code != errors::store_locked.code) throw;
    throw Error(errors::store_locked,
                {{"seconds", std::to_string(lock_wait_.count() / 1000)}, {"holder", "a program other than umsops"}});
  }
  if (waited.count() > 0) db_.set_busy_limit(lock_wait_);
}

void SqliteStore::commit() {
  // A statement that is not finished would hold its view open and keep the log from being copied back.
  db_.reset_statements();
  log_pages_ = 0;
  try {
    db_.raw().exec("COMMIT");
  } catch (SQLite::Exception const& failure) {
    try {
      raise_sqlite(failure, &db_.raw(), file_.path, Stage::commit);
    } catch (...) {
      rollback();
      throw;
    }
  }
  // Here, while the lock file keeps other writers out, and by the writer who made it long: no reader needs write
  // access for it, and no process has to run in the background.
  if (log_pages_ > kMostLogPages) shorten_log();
  leave();
}

void SqliteStore::shorten_log() noexcept {
  // Not waiting for anybody: a log that a reader still needs is left to a later writer. Whatever else fails here, the
  // commit stands and the log still has it, so the result is no error of the transaction's.
  sqlite3* const handle = db_.raw().getHandle();
  sqlite3_busy_timeout(handle, 0);
  sqlite3_wal_checkpoint_v2(handle, "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  sqlite3_busy_timeout(handle, static_cast<int>(std::min<std::int64_t>(lock_wait_.count(), 1 << 30)));
}

void SqliteStore::rollback() noexcept {
  db_.reset_statements();
  // Some errors have ended the transaction already; the engine ends it in any case when the connection closes.
  if (sqlite3_get_autocommit(db_.raw().getHandle()) == 0) db_.raw().tryExec("ROLLBACK");
  leave();
}

void SqliteStore::leave() noexcept {
  writing_ = false;
  lock_.release();
}

void SqliteStore::begin_read() {
  // Within a write transaction there is one view already.
  if (!writing_ && readers_ == 0) db_.prepare("SAVEPOINT view").step();
  ++readers_;
}

void SqliteStore::end_read() noexcept {
  if (--readers_ > 0 || writing_) return;
  db_.reset_statements();
  if (sqlite3_get_autocommit(db_.raw().getHandle()) == 0) db_.raw().tryExec("RELEASE view");
}

bool sqlite_exists(std::string const& path) {
  struct stat facts {};
  return ::lstat(path.c_str(), &facts) == 0;
}

}  // namespace umsops::store
