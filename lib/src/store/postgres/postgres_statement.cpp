// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/postgres_statement.hpp"

#include "store/postgres/postgres_connection.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/number.hpp"

namespace umsops::store {
namespace {

/// Large enough that round trips do not count, small enough for memory with the longest of rows.
constexpr int kPortion = 500;

bool is_change(std::string_view sql) {
  return sql.starts_with("INSERT ") || sql.starts_with("UPDATE ") || sql.starts_with("DELETE ");
}

}  // namespace

PostgresStatement::PostgresStatement(PostgresConnection& connection, std::string sql, bool walk)
    : connection_(connection),
      sql_(std::move(sql)),
      walk_(walk),
      gives_rows_(!is_change(sql_) || sql_.find(" RETURNING ") != std::string::npos) {}

std::optional<std::string>& PostgresStatement::place(int parameter) {
  auto const index = static_cast<std::size_t>(parameter - 1);
  if (index >= values_.size()) values_.resize(index + 1);
  return values_[index];
}

Statement& PostgresStatement::bind(int parameter, std::int64_t value) {
  place(parameter) = std::to_string(value);
  return *this;
}

Statement& PostgresStatement::bind(int parameter, std::string_view value) {
  place(parameter) = std::string(value);
  return *this;
}

Statement& PostgresStatement::bind_bytes(int parameter, std::string_view bytes) {
  place(parameter) = "\\x" + base::to_hex(bytes);
  return *this;
}

Statement& PostgresStatement::bind_null(int parameter) {
  place(parameter).reset();
  return *this;
}

bool PostgresStatement::step() {
  if (!gives_rows_) {
    // Not waited for; the commit, or the next question, tells what went wrong. So a change costs one round trip, not
    // one for each statement.
    connection_.send(sql_, values_);
    return false;
  }
  if (!started_) start();
  if (++row_ < count_) return true;
  if (cursor_.empty()) return false;
  if (!walk_is_open())
    throw base::Error(base::errors::store_unavailable, {{"problem", "the view that a walk was in has ended"}});
  // A short portion was the last: no need to ask for an empty one.
  if (count_ < kPortion) {
    reset();
    return false;
  }
  fetch();
  return ++row_ < count_;
}

void PostgresStatement::start() {
  started_ = true;
  if (!walk_) {
    rows_ = connection_.ask(sql_, values_);
    row_ = -1;
    count_ = libpq().PQntuples(rows_.get());
    return;
  }
  // A cursor lives in a transaction only.
  own_transaction_ = !connection_.in_transaction();
  if (own_transaction_) connection_.begin(PostgresConnection::Kind::read);
  transaction_ = connection_.transactions();
  cursor_ = connection_.new_cursor_name();
  connection_.send("DECLARE " + cursor_ + " NO SCROLL CURSOR FOR " + sql_, values_);
  fetch();
}

void PostgresStatement::fetch() {
  rows_ = connection_.ask("FETCH FORWARD " + std::to_string(kPortion) + " FROM " + cursor_);
  row_ = -1;
  count_ = libpq().PQntuples(rows_.get());
}

bool PostgresStatement::walk_is_open() const { return !cursor_.empty() && transaction_ == connection_.transactions(); }

void PostgresStatement::reset() noexcept {
  if (walk_is_open()) {
    try {
      own_transaction_ ? connection_.leave() : connection_.send("CLOSE " + cursor_);
    } catch (base::Error const&) {
      // A lost connection is told by the next statement.
    }
  }
  cursor_.clear();
  rows_.reset();
  row_ = -1;
  count_ = 0;
  started_ = false;
}

void PostgresStatement::make_ready() {
  reset();
  for (auto& value : values_) value.reset();
}

std::string_view PostgresStatement::cell(int column) const {
  Libpq const& api = libpq();
  return {api.PQgetvalue(rows_.get(), row_, column),
          static_cast<std::size_t>(api.PQgetlength(rows_.get(), row_, column))};
}

bool PostgresStatement::is_null(int column) const { return libpq().PQgetisnull(rows_.get(), row_, column) != 0; }

std::int64_t PostgresStatement::integer(int column) const {
  if (is_null(column)) return 0;
  auto const number = base::parse_integer(cell(column), INT64_MIN, INT64_MAX);
  if (!number) throw base::Error(base::errors::store_damaged, {{"problem", "a number that is none"}});
  return *number;
}

std::string PostgresStatement::bytes(int column) const {
  if (is_null(column)) return {};
  std::string_view const text = cell(column);
  auto found = text.starts_with("\\x") ? base::from_hex(text.substr(2)) : std::nullopt;
  if (!found) throw base::Error(base::errors::store_damaged, {{"problem", "bytes that are none"}});
  return *std::move(found);
}

std::string PostgresStatement::text(int column) const {
  return is_null(column) ? std::string() : std::string(cell(column));
}

}  // namespace umsops::store
