// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <memory>
#include <string>

#include "store/postgres/postgres_connection.hpp"
#include "store/sqlite/sqlite_connection.hpp"
#include "umsops/base/hash.hpp"

namespace umsops::tests {

/// UMSOPS_TEST_DB: the address of the server that this run of the tests goes to. Empty: SQLite files.
inline std::string server() {
  char const* const address = std::getenv("UMSOPS_TEST_DB");
  return address ? address : "";
}

inline std::string schema_address(std::string const& schema) {
  std::string const address = server();
  return address + (address.find('?') == std::string::npos ? "?" : "&") + "options=-csearch_path%3D" + schema;
}

/// The name of a store that has this file for its own: the file, or a schema of the server.
inline std::string store_name(std::string const& file) {
  if (server().empty()) return file;
  std::string const schema = "s" + base::sha256_hex(file).substr(0, 16);
  store::PostgresConnection db(server(), base::Milliseconds{10'000});
  db.run_script("CREATE SCHEMA IF NOT EXISTS " + schema);
  return schema_address(schema);
}

/// SQL straight into the store, as somebody with an editor would.
inline void edit_store(std::string const& name, std::string const& sql) {
  if (server().empty()) {
    store::SqliteConnection db(name, store::SqliteConnection::Mode::write, std::chrono::milliseconds{1000});
    db.run_script("PRAGMA foreign_keys=OFF");
    db.run_script(sql);
  } else {
    store::PostgresConnection db(name, base::Milliseconds{1000});
    db.run_script("SET session_replication_role = replica");
    db.run_script(sql);
  }
}

}  // namespace umsops::tests
