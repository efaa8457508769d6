// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/connection.hpp"
#include "store/postgres/libpq.hpp"
#include "store/postgres/postgres_errors.hpp"
#include "store/postgres/postgres_statement.hpp"

namespace umsops::store {

/// A connection to one server. What gives no rows is sent without waiting; whether it went well is told by the next
/// statement whose rows are asked for, or by the commit. So a change holds its turn for one way there and back.
class PostgresConnection final : public Connection {
 public:
  PostgresConnection(std::string const& address, base::Milliseconds lock_wait);
  ~PostgresConnection() override;

  Statement& prepare(std::string_view sql) override;
  Statement& prepare_walk(std::string_view sql) override;
  void run_script(std::string const& sql) override;
  void run_step(std::string_view sql) override;
  std::string member_sql(std::string_view column, std::string_view parameter) const override;
  std::string contains_sql(std::string_view column, std::string_view parameter, bool is_ascii) const override;
  std::string among_sql(std::string_view column, std::string_view parameter) const override;
  std::string member_key(std::string_view name) const override { return std::string(name); }

  using Values = std::vector<std::optional<std::string>>;
  void send(std::string const& sql, Values const& values = {});
  /// The rows; everything sent before is done by then. Throws what any of it ended with.
  PostgresResult ask(std::string const& sql, Values const& values = {});

  enum class Kind { write, read, view };  ///< view: one view of the store for all statements
  void begin(Kind kind);
  /// Throws `store.outcome_unknown` when the server may have taken the COMMIT.
  void commit();
  void rollback() noexcept;
  /// As `rollback`, where nothing was changed: does not wait for the answer.
  void leave() noexcept;
  bool in_transaction() const { return in_transaction_; }
  /// Changes with every begin and end: a cursor does not outlive its transaction.
  std::uint64_t transactions() const { return transactions_; }
  std::string new_cursor_name() { return "walk" + std::to_string(++cursors_); }

  std::string const& shown() const { return shown_; }
  std::string server_version() const;

 private:
  struct Outcome {
    PostgresResult last;  ///< of the last statement
    std::optional<PostgresFailure> failure;
    bool at_last = false;  ///< it was the last statement that failed
  };
  using Statements = std::map<std::string, std::unique_ptr<PostgresStatement>, std::less<>>;
  Statement& prepared(std::string_view sql, bool walk);
  static void drop_oldest(Statements& statements);
  void connect(std::string const& address);
  void set_limits();
  void flush();
  bool usable() const;
  bool answer_comes(base::Milliseconds limit, bool must_know);
  Outcome collect(base::Milliseconds limit, bool must_know);
  Outcome collect();
  void take(Outcome& outcome, PostgresResult result, std::string const& right, bool last);
  void begin_anew();
  bool gone_before_sending();
  [[noreturn]] void raise(PostgresFailure const& failure);
  [[noreturn]] void raise_commit(Outcome const& outcome);
  void ended() noexcept;
  static void note(void* connection, PGresult const* notice);

  std::string shown_;
  base::Milliseconds lock_wait_;
  PGconn* connection_ = nullptr;
  std::deque<std::string>
      awaited_;  ///< what was sent and not answered yet, in order: what a statement does; empty: a sync
  bool in_transaction_ = false;
  Kind kind_ = Kind::read;  ///< of the open transaction
  bool given_up_ = false;   ///< an answer did not come in time; whatever comes now is of no use
  bool doubtful_ = false;   ///< the server warned of an interrupted wait for its standby
  std::uint64_t transactions_ = 0, cursors_ = 0, uses_ = 0;
  Statements statements_, walks_;
};

}  // namespace umsops::store
