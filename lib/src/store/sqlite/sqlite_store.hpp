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
  explicit SqliteStore(OpenOptions options);
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
  bool clear_remains() override;

  // For a restore.
  /// Fills the draft and verifies it, as `copy_to` does.
  void copy_into(DraftFile const& draft);
  /// The same copy, published as `target`, of a store that may be damaged.
  void keep_as(std::string const& target);
  /// Within a Turn: makes this store what the other one is, in one transaction.
  void become(SqliteStore& other);
  bool is_same_file(SqliteStore const& other) const { return file_.id == other.file_.id; }
  std::int64_t page_size() { return db_.number("PRAGMA page_size"); }

  /// While it lives, writers wait, and no transaction is open.
  class Turn {
   public:
    explicit Turn(SqliteStore& store) : store_(store) { store_.enter(); }
    ~Turn() { store_.leave(); }
    Turn(Turn const&) = delete;

   private:
    SqliteStore& store_;
  };

  /// Whether these were at the path when it was opened, as far as there was a log.
  bool was_opened_of(FileId file, FileId log) const;
  /// Whether the path still leads to the file that is open, with the log that was opened with it. What is written to
  /// any other is lost to all others.
  bool in_place() const;

  /// The write queue (lock file) and transaction (BEGIN IMMEDIATE), for migration steps too.
  void begin_write() override;
  void take_turn(Places&) override {}  // the transaction as a whole is one
  void commit() override;
  void rollback() noexcept override;

 protected:
  void begin_read() override;
  void end_read() noexcept override;

 private:
  base::Milliseconds enter();
  /// A backup in use for the first time.
  void begin_log();
  /// Of a store that had none: whoever wrote first made one, and it was opened just now.
  void know_log();
  void begin_immediate(base::Milliseconds waited);
  void check_version();
  void shorten_log() noexcept;
  void empty_log();
  void refuse_unknown(bool in_place) const;
  void leave() noexcept;

  OpenOptions options_;
  StoreFile file_;
  FileId log_;  ///< zeros before the first write to a backup, which has none
  OpenMark mark_;
  bool may_write_;
  SqliteConnection db_;
  LockFile lock_;
  int log_pages_ = 0;  ///< after the last commit, as the engine's hook says
  bool writing_ = false;
  int readers_ = 0;
};

}  // namespace umsops::store
