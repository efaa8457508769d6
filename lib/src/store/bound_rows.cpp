// SPDX-License-Identifier: Apache-2.0
#include "store/bound_rows.hpp"

#include "store/chain.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"

namespace umsops::store {
namespace {

std::string key_condition(Table const& table) {
  std::string sql;
  for (std::size_t i = 0; i < table.keys; ++i) {
    sql.append(i == 0 ? " WHERE " : " AND ").append(table.columns[i].name).append(" = $");
    sql.append(std::to_string(i + 1));
  }
  return sql;
}

void bind_key(Statement& statement, Table const& table, Values const& values) {
  for (std::size_t i = 0; i < table.keys; ++i) {
    bind_at(statement, static_cast<int>(i) + 1, table.columns[i], values[i]);
  }
}

/// The digest under which the row of that key is known, or nothing when it is not there.
std::optional<std::string> digest_of_stored(Connection& db, Table const& table, Values const& key) {
  Reading row(db.prepare("SELECT " + column_list(table) + " FROM " + std::string(table.name) + key_condition(table)));
  bind_key(*row, table, key);
  if (!row->step()) return std::nullopt;
  Values const values = stored_row(*row, table.columns);
  auto const event = find_event_row(db, row->integer(static_cast<int>(values.size())));
  if (!event) {
    throw base::Error(base::errors::store_damaged, {{"problem", name_of(table, values) + " belongs to no event"}});
  }
  return bound_digest(salt_of(*event, kRowsSalt), row_text(table, values));
}

bool withdraw(WriteTx& tx, Table const& table, Values const& key) {
  tx.take_turn();
  // Asked first: a change is sent without waiting, so nobody would tell whether it changed anything.
  auto const digest = digest_of_stored(tx.connection(), table, key);
  if (digest) tx.unbound().withdrawn += *digest;
  return digest.has_value();
}

}  // namespace

std::string bound_digest(std::string_view salt, std::string_view row_text) {
  return base::sha256(std::string(salt).append(row_text)).substr(0, kDigestBytes);
}

std::string bound_entries(Unbound const& rows, std::string_view salt) {
  std::string entries;
  for (std::size_t at = 0; at < rows.withdrawn.size(); at += kDigestBytes) {
    entries += static_cast<char>(Bound::withdrawn);
    entries.append(rows.withdrawn, at, kDigestBytes);
  }
  for (std::string const& text : rows.made) {
    entries += static_cast<char>(Bound::made);
    entries += bound_digest(salt, text);
  }
  return entries;
}

std::int64_t next_place(Connection& db, Table const& table, std::string_view noun, std::int64_t record) {
  Reading last(db.prepare("SELECT coalesce(max(place), 0) FROM " + std::string(table.name) +
                          " WHERE noun = $1 AND record = $2"));
  last->bind(1, noun).bind(2, record);
  return last->step() ? place_after(last->integer(0)) : 1;
}

void insert_bound(WriteTx& tx, Table const& table, Values values) {
  tx.take_turn();
  values = stored_values(table, std::move(values));
  insert_row(tx.connection(), table, values, tx.next_event());
  tx.unbound().made.push_back(row_text(table, values));
}

bool replace_bound(WriteTx& tx, Table const& table, Values values) {
  values = stored_values(table, std::move(values));
  if (!withdraw(tx, table, values)) return false;
  std::string sql = "UPDATE " + std::string(table.name) + " SET ";
  for (std::size_t i = table.keys; i < values.size(); ++i) {
    sql.append(table.columns[i].name).append(" = $").append(std::to_string(i + 1)).append(", ");
  }
  int const last = static_cast<int>(values.size()) + 1;
  Reading update(tx.connection().prepare(sql + "seq = $" + std::to_string(last) + key_condition(table)));
  for (std::size_t i = 0; i < values.size(); ++i) {
    bind_at(*update, static_cast<int>(i) + 1, table.columns[i], values[i]);
  }
  update->bind(last, tx.next_event()).step();
  tx.unbound().made.push_back(row_text(table, values));
  return true;
}

bool erase_bound(WriteTx& tx, Table const& table, Values const& key) {
  if (!withdraw(tx, table, key)) return false;
  Reading erase(tx.connection().prepare("DELETE FROM " + std::string(table.name) + key_condition(table)));
  bind_key(*erase, table, key);
  erase->step();
  return true;
}

}  // namespace umsops::store
