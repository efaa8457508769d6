// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <string>

namespace umsops::store {

/// Where in a transaction the engine failed: after a failed COMMIT the end may be unknown.
enum class Stage { work, commit };

/// The one place where SQLite's errors become ours. `db` may be null (the file could not be opened).
[[noreturn]] void raise_sqlite(SQLite::Exception const& failure, SQLite::Database const* db, std::string const& path,
                               Stage stage = Stage::work);

/// Runs `work`; its SQLite errors become ours.
template <class Work>
auto translated(SQLite::Database const& db, std::string const& path, Work&& work) {
  try {
    return work();
  } catch (SQLite::Exception const& failure) {
    raise_sqlite(failure, &db, path);
  }
}

}  // namespace umsops::store
