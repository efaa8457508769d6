// SPDX-License-Identifier: Apache-2.0
// Checks and copies that only the engine itself can make.
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <SQLiteCpp/Backup.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <thread>

#include "store/migration.hpp"
#include "store/sqlite/sqlite_errors.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"

namespace umsops::store {
namespace {

using base::Error;
namespace errors = base::errors;

/// A copy has no log, and says so: one that lies beside it, wherever it is put, is not taken for its own.
constexpr char const* kWithoutLog = "PRAGMA journal_mode=DELETE";

constexpr std::int64_t kMostInMemory = 256 << 20;

/// SQL by type and name, as `table events`.
using Objects = std::map<std::string, std::string>;

Objects objects_of(SQLite::Database& db) {
  Objects objects;
  SQLite::Statement rows(db, "SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema");
  while (rows.executeStep()) objects[rows.getColumn(0).getString()] = rows.getColumn(1).getString();
  return objects;
}

Objects expected_objects(Schema const& schema) {
  // The engine keeps the text of each object. A store made in memory by the same steps says what it must be.
  SQLite::Database memory(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_MEMORY);
  for (MigrationStep const& step : schema.making()) memory.exec(sqlite_dialect(step.sql));
  return objects_of(memory);
}

/// What `PRAGMA integrity_check` says, `ok` left out.
void integrity_problems(SQLite::Database& db, std::function<void(std::string const&)> const& report) {
  SQLite::Statement rows(db, "PRAGMA integrity_check");
  while (rows.executeStep()) {
    std::string const line = rows.getColumn(0).getString();
    if (line != "ok") report(line);
  }
}

using Report = std::function<void(std::string const&, std::string const&)>;

/// Whether tables, indexes and all else are as the steps make them.
void check_schema(SQLite::Database& db, Schema const& schema, Report const& report) {
  auto const differs = [&](std::string const& problem) { report("structure", problem); };
  Objects found = objects_of(db);
  for (auto const& [name, sql] : expected_objects(schema)) {
    auto const it = found.find(name);
    if (it == found.end()) differs(name + " is missing");
    if (it != found.end() && it->second != sql) differs(name + " is not as this program made it");
    if (it != found.end()) found.erase(it);
  }
  for (auto const& [name, sql] : found) {
    if (!name.starts_with("table sqlite_")) differs(name + " was not made by this program");
  }
}

void copy_pages(SQLite::Database& from, SQLite::Database& to) {
  SQLite::Backup backup(to, from);
  // In one step: a writer between two steps would make the engine start over.
  int const result = backup.executeStep(-1);
  if (result != SQLITE_DONE) {
    throw Error(errors::store_locked, {{"seconds", "0"}, {"holder", "a program other than umsops"}});
  }
}

std::string file_hash(std::string const& path) {
  int const fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  struct stat facts {};
  if (fd < 0 || ::fstat(fd, &facts) != 0) {
    if (fd >= 0) ::close(fd);
    throw Error(errors::store_unavailable, {{"problem", path + " cannot be read back"}});
  }
  auto const size = static_cast<std::size_t>(facts.st_size);
  void* const bytes = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
  ::close(fd);
  if (bytes == MAP_FAILED) throw Error(errors::store_unavailable, {{"problem", path + " cannot be read back"}});
  std::string hash = base::sha256_hex({static_cast<char const*>(bytes), size});
  ::munmap(bytes, size);
  return hash;
}

}  // namespace

void SqliteStore::check_structure(Report const& report) {
  translated(db_.raw(), file_.path, [&] {
    integrity_problems(db_.raw(), [&](std::string const& line) {
      report(line.find("index") == std::string::npos ? "structure" : "index", line);
    });
    check_schema(db_.raw(), db_.schema(), report);
  });
}

void SqliteStore::copy_into(DraftFile const& draft) {
  SqliteConnection copy(draft.path(), SqliteConnection::Mode::draft, std::chrono::milliseconds{0});
  translated(copy.raw(), draft.path(), [&] {
    copy_pages(db_.raw(), copy.raw());
    // A backup that nobody has read is a hope; damage copied page by page would be found too late.
    integrity_problems(copy.raw(), [](std::string const& line) {
      throw Error(errors::store_damaged, {{"problem", "the copy is not sound: " + line.substr(0, 120)}});
    });
  });
  if (copy.number("PRAGMA user_version") != schema_version()) {
    throw Error(errors::store_damaged, {{"problem", "the copy has another schema"}});
  }
  copy.run_script(kWithoutLog);
}

std::string SqliteStore::copy_to(std::string const& target) {
  DraftFile draft(target);
  copy_into(draft);
  std::string hash = file_hash(draft.path());
  draft.publish();
  return hash;
}

/// All of the log comes into the file, and none of it stays: for that no reader may be left in it.
void SqliteStore::empty_log() {
  auto const end = std::chrono::steady_clock::now() + options_.lock_wait;
  while (true) {
    int const result =
        sqlite3_wal_checkpoint_v2(db_.raw().getHandle(), "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    if (result == SQLITE_OK) return;
    if (result != SQLITE_BUSY) raise_sqlite(SQLite::Exception(db_.raw().getHandle(), result), &db_.raw(), file_.path);
    if (std::chrono::steady_clock::now() >= end)
      throw Error(errors::store_locked,
                  {{"seconds", std::to_string(options_.lock_wait.count() / 1000)}, {"holder", "a reader"}});
    std::this_thread::sleep_for(base::Milliseconds{10});
  }
}

bool SqliteStore::clear_remains() {
  Turn const turn(*this);
  db_.reset_statements();
  // Pages that were moved about hold old rows beside the ones they have now, so the file is written anew. What it is
  // written from is kept in memory as long as that is no burden, and then in a file that has no name.
  bool const small = bytes() <= kMostInMemory;
  translated(db_.raw(), file_.path, [&] {
    db_.raw().exec(small ? "PRAGMA temp_store=MEMORY" : "PRAGMA temp_store=FILE");
    db_.raw().exec("VACUUM");
  });
  empty_log();
  refuse_unknown(in_place());
  return true;
}

void SqliteStore::keep_as(std::string const& target) {
  DraftFile draft(target);
  {
    SqliteConnection copy(draft.path(), SqliteConnection::Mode::draft, std::chrono::milliseconds{0});
    translated(copy.raw(), target, [&] { copy_pages(db_.raw(), copy.raw()); });
    copy.run_script(kWithoutLog);
  }
  draft.publish();
}

void SqliteStore::become(SqliteStore& other) {
  db_.reset_statements();
  lock_.renew();  // before it: then nobody goes on in a store that is another one now
  try {
    copy_pages(other.db_.raw(), db_.raw());
  } catch (SQLite::Exception const& failure) {
    raise_sqlite(failure, &db_.raw(), file_.path, Stage::commit);
  }
  refuse_unknown(in_place());
  shorten_log();
}

}  // namespace umsops::store
