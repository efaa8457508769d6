// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/connection.hpp"
#include "store/sqlite/store_file.hpp"

namespace umsops::store {

/// A statement of SQLite's, its errors translated.
class SqliteStatement final : public Statement {
 public:
  SqliteStatement(SQLite::Database const& db, std::string const& path, std::string const& sql);
  Statement& bind(int parameter, std::int64_t value) override;
  Statement& bind(int parameter, std::string_view value) override;
  Statement& bind_kept(int parameter, std::string const& value) override;
  Statement& bind_bytes(int parameter, std::string_view bytes) override;
  Statement& bind_null(int parameter) override;
  bool step() override;
  void reset() noexcept override;
  bool is_null(int column) const override;
  std::int64_t integer(int column) const override;
  std::string text(int column) const override;
  std::string bytes(int column) const override { return text(column); }  // text is taken by its bytes, too

  void make_ready();
  bool busy() const { return busy_; }
  std::uint64_t last_use = 0;

 private:
  SQLite::Database const& db_;
  std::string const& path_;
  SQLite::Statement statement_;
  bool busy_ = false;
  std::vector<std::string> texts_;  ///< what is bound, by parameter
};

/// A hardened connection to one file: everything it needs to be safe is set before its first statement.
class SqliteConnection final : public Connection {
 public:
  enum class Mode { read, write, draft };  ///< draft: a new file that nobody else sees
  SqliteConnection(std::string path, Mode mode, std::chrono::milliseconds busy_limit, bool unchanging = false);

  Statement& prepare(std::string_view sql) override;
  void run_script(std::string const& sql) override;
  void run_step(std::string_view sql) override;
  std::string member_sql(std::string_view column, std::string_view parameter) const override;
  std::string contains_sql(std::string_view column, std::string_view parameter, bool is_ascii) const override;
  std::string among_sql(std::string_view column, std::string_view parameter) const override;
  std::vector<std::string> drop_indexes(std::string_view table, std::string_view kept) override;
  std::string member_key(std::string_view name) const override;

  /// Ends every unfinished statement: none may hold a view of the store when a transaction ends.
  void reset_statements() noexcept;
  void set_busy_limit(std::chrono::milliseconds limit);
  bool read_only() const;
  SQLite::Database& raw() { return db_; }
  std::string const& path() const { return path_; }

 private:
  void harden(bool draft);
  void drop_oldest();

  std::string path_;
  SQLite::Database db_;
  mutable bool folds_ = false;  ///< its function for texts is there
  std::map<std::string, std::unique_ptr<SqliteStatement>, std::less<>> statements_;
  std::uint64_t uses_ = 0;
};

}  // namespace umsops::store
