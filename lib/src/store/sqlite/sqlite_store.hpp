// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "store/sqlite/lock_file.hpp"
#include "store/sqlite/sqlite_connection.hpp"
#include "store/sqlite/store_file.hpp"
#include "store/store.hpp"

namespace umsops::store {

/// A store in one SQLite file, in write-ahead mode. SQLite 3.40.1 can lose acknowledged commits when a checkpoint is
/// overtaken by a writer, so its own checkpoints are off, and ours runs where no writer can be: inside the lock file,
/// after the commit that made the log too long.
class SqliteStore final : public Store {
 public:
  /// `any_schema`: for maintenance, which deals with old stores too.
  SqliteStore(OpenOptions const& options, bool any_schema);
  ~SqliteStore() override;

  Connection& connection() override { return db_; }
  std::string const& path() const override { return file_.path; }
  std::string engine() const override { return "sqlite"; }
  std::string engine_version() const override;
  std::int64_t schema_version() override;
  void set_schema_version(std::int64_t version) override;
  std::int64_t bytes() const override;
  std::int64_t log_bytes() const override;
  void check_structure(std::function<void(std::string const&, std::string const&)> const& report) override;
  std::string copy_to(std::string const& target) override;

  /// The write queue (lock file) and transaction (BEGIN IMMEDIATE), for migration steps too.
  void begin_write() override;
  void take_turn(Places&) override {}  // the transaction as a whole is one
  void commit() override;
  void rollback() noexcept override;

 protected:
  void begin_read() override;
  void end_read() noexcept override;

 private:
  void begin_immediate(base::Milliseconds waited);
  void check_version();
  void shorten_log() noexcept;
  void leave() noexcept;

  StoreFile file_;
  OpenMark mark_;
  base::Milliseconds lock_wait_;
  bool any_schema_, may_write_;
  SqliteConnection db_;
  LockFile lock_;
  int log_pages_ = 0;  ///< after the last commit, as the engine's hook says
  bool writing_ = false;
  int readers_ = 0;
};

}  // namespace umsops::store
