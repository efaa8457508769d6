// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/sqlite_errors.hpp"

#include <sqlite3.h>
#include <sys/statvfs.h>

#include <cerrno>
#include <cstring>
#include <string_view>

#include "store/sqlite/store_file.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/interruption.hpp"

namespace umsops::store {
namespace {

using base::Error;
namespace errors = base::errors;

/// SQLite says "disk I/O error" for most failures that a full disk causes.
bool no_space(int system_error, std::string const& path) {
  if (system_error == ENOSPC || system_error == EDQUOT) return true;
  struct statvfs facts {};
  return ::statvfs(folder_of(path).c_str(), &facts) == 0 &&
         (facts.f_bavail == 0 || facts.f_frsize * facts.f_bavail < 65536);
}

std::string describe(SQLite::Exception const& failure, int system_error) {
  std::string text = std::string(failure.what()).substr(0, 120);
  if (system_error != 0) text.append(" (").append(std::strerror(system_error)).append(")");
  return text;
}

bool schema_is_wrong(std::string_view message) {
  return message.starts_with("no such ") || message.find("malformed") != std::string_view::npos;
}

[[noreturn]] void raise_io(std::string const& problem, int system_error, std::string const& path) {
  if (no_space(system_error, path)) throw Error(errors::store_full, {{"path", path}});
  throw Error(errors::store_unavailable, {{"problem", problem}});
}

[[noreturn]] void raise_unopened(SQLite::Exception const& failure, std::string const& problem, int system_error,
                                 std::string const& path) {
  if (failure.getExtendedErrorCode() == SQLITE_CANTOPEN_SYMLINK) {
    throw Error(errors::store_not_ours,
                {{"path", path}, {"problem", "a symbolic link, which the superuser does not follow"}});
  }
  if (system_error == EACCES || system_error == EPERM) throw Error(errors::store_permission, {{"path", path}});
  raise_io(problem, system_error, path);
}

}  // namespace

void raise_sqlite(SQLite::Exception const& failure, SQLite::Database const* db, std::string const& path, Stage stage) {
  int const code = failure.getErrorCode() & 0xff;
  bool const system = db && (code == SQLITE_IOERR || code == SQLITE_CANTOPEN);
  int const system_error = system ? sqlite3_system_errno(db->getHandle()) : 0;
  std::string const problem = describe(failure, system_error);
  switch (code) {
    case SQLITE_INTERRUPT:
      base::check_interruption();
      break;
    case SQLITE_BUSY:
      throw Error(errors::store_locked, {{"seconds", "0"}, {"holder", "another program"}});
    case SQLITE_FULL:
      throw Error(errors::store_full, {{"path", path}});
    case SQLITE_READONLY:
      throw Error(errors::store_read_only, {{"path", path}});
    case SQLITE_CORRUPT:
    case SQLITE_FORMAT:
    case SQLITE_NOTADB:
      throw Error(errors::store_damaged, {{"problem", problem}});
    case SQLITE_CONSTRAINT:
      throw Error(errors::internal, {{"problem", problem}});
    default:
      break;
  }
  if (stage == Stage::commit) {
    // The log may hold the whole transaction already: a later reader would find it.
    bool const full = system && no_space(system_error, path);
    throw Error(errors::commit_unknown, {{"problem", full ? "no space left on the disk; " + problem : problem}});
  }
  switch (code) {
    case SQLITE_IOERR:
      raise_io(problem, system_error, path);
    case SQLITE_CANTOPEN:
      raise_unopened(failure, problem, system_error, path);
    case SQLITE_PERM:
    case SQLITE_AUTH:
      throw Error(errors::store_permission, {{"path", path}});
    case SQLITE_TOOBIG:
      throw Error(errors::input_too_large, {{"what", "a text"}, {"limit", "the store"}});
    case SQLITE_NOMEM:
      throw Error(errors::store_unavailable, {{"problem", "out of memory"}});
    default:
      break;
  }
  if (schema_is_wrong(failure.what())) throw Error(errors::store_damaged, {{"problem", problem}});
  throw Error(errors::internal, {{"problem", problem}});
}

}  // namespace umsops::store
