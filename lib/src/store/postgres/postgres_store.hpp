// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "store/postgres/postgres_connection.hpp"
#include "store/store.hpp"

namespace umsops::store {

/// A store in a schema of a PostgreSQL server, the first one of the connection's search path. Transactions run side by
/// side; what must be one after the other, numbers and the chain of events, is given out under the lock of one row,
/// which a change takes last and holds for one way to the server and the commit.
class PostgresStore final : public Store {
 public:
  explicit PostgresStore(OpenOptions options);

  Connection& connection() override { return db_; }
  std::string const& path() const override { return db_.shown(); }
  std::string engine() const override { return "postgresql"; }
  std::string engine_version() const override { return db_.server_version(); }
  std::int64_t schema_version() override;
  std::int64_t bytes() const override;
  std::int64_t log_bytes() const override { return 0; }  // the server's own, which serves all its databases
  void check_structure(std::function<void(std::string const&, std::string const&)> const& report) override;
  std::string copy_to(std::string const& target) override;
  bool clear_remains() override;

  /// For migration steps too.
  void begin_write() override;
  void take_turn(Places& places) override;
  void commit() override { db_.commit(); }
  void rollback() noexcept override { db_.rollback(); }

 protected:
  void begin_read() override;
  void end_read() noexcept override;

 private:
  OpenOptions options_;
  mutable PostgresConnection db_;
  int readers_ = 0;
  bool viewing_ = false;  ///< the open transaction is ReadTx's
};

}  // namespace umsops::store
