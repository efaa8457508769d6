// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/sqlite_store.hpp"

#include <sqlite3.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

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

SqliteStore::SqliteStore(OpenOptions options)
    : options_(std::move(options)),
      file_(inspect_store_file(options_.path)),
      mark_(file_.id),
      may_write_(options_.access != OpenOptions::Access::read),
      db_(file_.path, may_write_ ? SqliteConnection::Mode::write : SqliteConnection::Mode::read, options_.lock_wait,
          file_.unchanging && !may_write_),
      lock_(file_.path + ".lock") {
  if (may_write_ && (!file_.writable || db_.read_only())) throw Error(errors::store_read_only, {{"path", file_.path}});
  db_.set_schema(*options_.schema);
  audit_key_ = options_.audit_key;
  sqlite3_wal_hook(db_.raw().getHandle(), note_log_pages, &log_pages_);
  check_version();  // reads: from here on the log is open as well
  if (!file_.logless) log_ = file_at(file_.path + "-wal");
}

SqliteStore::~SqliteStore() {
  if (writing_) rollback();
}

void SqliteStore::check_version() { refuse_other_schema(db_, db_.number(kVersion), options_); }

std::string SqliteStore::engine_version() const { return sqlite3_libversion(); }
std::int64_t SqliteStore::schema_version() { return db_.number(kVersion); }
void SqliteStore::set_schema_version(std::int64_t version) {
  db_.run_script("PRAGMA user_version=" + std::to_string(version));
}
std::int64_t SqliteStore::bytes() const { return size_of(file_.path); }
std::int64_t SqliteStore::log_bytes() const { return size_of(file_.path + "-wal"); }

bool SqliteStore::was_opened_of(FileId file, FileId log) const {
  return file_.id == file && (!log || !log_ || log_ == log);
}

bool SqliteStore::in_place() const {
  return file_at(options_.path) == file_.id && (!log_ || file_at(file_.path + "-wal") == log_);
}

void SqliteStore::know_log() {
  auto const log = file_at(file_.path + "-wal");
  if (!in_place()) throw Error(errors::store_replaced, {{"path", options_.path}});
  log_ = log;
}

base::Milliseconds SqliteStore::enter() {
  auto const waited = lock_.acquire(options_.lock_wait);
  // Long enough for a store to be replaced, or its lock file, or for both to be removed.
  if (in_place() && !lock_.renewed()) return waited;
  leave();
  throw Error(errors::store_replaced, {{"path", options_.path}});
}

void SqliteStore::begin_write() {
  if (writing_) throw Error(errors::internal, {{"problem", "a write transaction inside another"}});
  if (!may_write_) throw Error(errors::store_read_only, {{"path", file_.path}});
  // The order of locks: our lock file, then BEGIN IMMEDIATE. The file is a queue in the order of arrival and names its
  // holder; the engine alone would poll, and a busy store could keep one writer out for long.
  auto const waited = enter();
  try {
    if (!log_) begin_log();
    begin_immediate(waited);
    if (!log_) know_log();
    writing_ = true;
    check_version();  // another process may have migrated the store since it was opened
  } catch (...) {
    rollback();
    throw;
  }
}

void SqliteStore::begin_log() {
  // For that no reader may be at work for a moment, and the engine does not wait for it by itself.
  auto const end = std::chrono::steady_clock::now() + options_.lock_wait;
  for (;;) {
    try {
      return db_.run_script("PRAGMA journal_mode=WAL");
    } catch (Error const& error) {
      if (&error.code() != &errors::store_locked || std::chrono::steady_clock::now() >= end) throw;
    }
    std::this_thread::sleep_for(base::Milliseconds{5});
  }
}

void SqliteStore::begin_immediate(base::Milliseconds waited) {
  // Only programs that ignore the lock file can stand in the way here.
  // Both waits together keep to the limit that was asked for.
  if (waited.count() > 0) db_.set_busy_limit(std::max(options_.lock_wait - waited, base::Milliseconds{0}));
  try {
    db_.prepare("BEGIN IMMEDIATE").step();
  } catch (Error const& error) {
    if (error.code().code != errors::store_locked.code) throw;
    throw Error(errors::store_locked, {{"seconds", std::to_string(options_.lock_wait.count() / 1000)},
                                       {"holder", "a program other than umsops"}});
  }
  if (waited.count() > 0) db_.set_busy_limit(options_.lock_wait);
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
  bool const kept = in_place();
  // In another queue than ours, a writer could overtake the checkpoint.
  if (kept && log_pages_ > kMostLogPages && lock_.in_place()) shorten_log();
  leave();
  refuse_unknown(kept);
}

void SqliteStore::refuse_unknown(bool in_place) const {
  if (in_place) return;
  throw Error(errors::commit_unknown, {{"problem", options_.path + " was replaced or removed meanwhile"}});
}

void SqliteStore::shorten_log() noexcept {
  // Not waiting for anybody: a log that a reader still needs is left to a later writer. Whatever else fails here, the
  // commit stands and the log still has it, so the result is no error of the transaction's.
  sqlite3* const handle = db_.raw().getHandle();
  sqlite3_busy_timeout(handle, 0);
  sqlite3_wal_checkpoint_v2(handle, "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  sqlite3_busy_timeout(handle, static_cast<int>(std::min<std::int64_t>(options_.lock_wait.count(), 1 << 30)));
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
  bool const first = !writing_ && readers_ == 0;
  if (first) db_.prepare("SAVEPOINT view").step();
  ++readers_;
  if (!first || log_) return;
  try {
    db_.number(kVersion);  // a first writer may have given it a log, which is opened here
    know_log();
  } catch (...) {
    end_read();
    throw;
  }
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
