// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/connection.hpp"
#include "store/postgres/libpq.hpp"

namespace umsops::store {

class PostgresConnection;

/// A statement for the server. A walk is read through a cursor, a portion at a time.
class PostgresStatement final : public Statement {
 public:
  PostgresStatement(PostgresConnection& connection, std::string sql, bool walk);
  Statement& bind(int parameter, std::int64_t value) override;
  Statement& bind(int parameter, std::string_view value) override;
  Statement& bind_bytes(int parameter, std::string_view bytes) override;
  Statement& bind_null(int parameter) override;
  bool step() override;
  void reset() noexcept override;
  bool is_null(int column) const override;
  std::int64_t integer(int column) const override;
  std::string text(int column) const override;
  std::string bytes(int column) const override;

  void make_ready();
  std::uint64_t last_use = 0;

 private:
  std::optional<std::string>& place(int parameter);
  void start();
  void fetch();
  bool walk_is_open() const;
  std::string_view cell(int column) const;

  PostgresConnection& connection_;
  std::string sql_;
  bool walk_, gives_rows_;
  std::vector<std::optional<std::string>> values_;
  PostgresResult rows_;
  int row_ = -1, count_ = 0;
  bool started_ = false;
  std::string cursor_;             ///< empty: none is open
  std::uint64_t transaction_ = 0;  ///< the one that it is open in
  bool own_transaction_ = false;
};

}  // namespace umsops::store
