// SPDX-License-Identifier: Apache-2.0
#include "store/ticket_table.hpp"

#include <algorithm>

#include "store/responses.hpp"
#include "store/row_hash.hpp"
#include "store/ticket_row.hpp"
#include "umsops/base/error.hpp"

namespace umsops::store {
namespace {

constexpr std::string_view kLastPlace = "SELECT coalesce(max(n), 0) FROM support_tickets";
constexpr std::string_view kSequence = "SELECT value FROM sequences WHERE name = 'ticket'";
constexpr std::string_view kTitles =
    "SELECT ticket_number, title, category, status FROM support_tickets "
    "WHERE requester_id = $1 AND created_at >= $2 ORDER BY created_at DESC, n DESC LIMIT $3";

int field_count() { return static_cast<int>(ticket_columns().size()); }

std::string select_tickets(std::string_view where) {
  return "SELECT " + ticket_column_list() + ", n, responses_hash, row_salt FROM support_tickets WHERE " +
         std::string(where);
}

TicketRow read_row(Statement const& row) {
  return {read_fields(row), row.integer(field_count()), row.text(field_count() + 1), row.text(field_count() + 2)};
}

std::optional<TicketRow> find_row(Connection& db, std::string_view id) {
  static std::string const sql = select_tickets("id = $1");
  Reading row(db.prepare(sql));
  row->bind(1, id);
  if (!row->step()) return std::nullopt;
  return read_row(*row);
}

TicketRow require_row(Connection& db, std::string_view id) {
  if (auto row = find_row(db, id)) return std::move(*row);
  throw base::Error(base::errors::ticket_not_found, {{"id", std::string(id)}});
}

/// Between reading a ticket and its change somebody else may have had his turn.
void refuse_overtaken(TicketRow const& row, std::int64_t known) {
  static std::size_t const place = [] {
    std::size_t i = 0;
    while (model::ticket_type().fields[ticket_columns()[i]].name != "rev") ++i;
    return i;
  }();
  auto const* const stored = row.fields[place].get_if<std::int64_t>();
  if (!stored || *stored != known) throw Conflict("another change of the same ticket came first");
}

std::string insert_sql() {
  return "INSERT INTO support_tickets(" + ticket_column_list() +
         ", n, responses_hash, row_salt, row_hash, due_times_hash) VALUES (" +
         parameter_list(ticket_columns().size() + 5) + ")";
}

/// Writes only what differs, so that no index is touched without need. Gives the hash.
std::string write_changes(Connection& db, TicketRow const& before, TicketRow const& after) {
  std::string sql = "UPDATE support_tickets SET ";
  std::vector<base::Value> values;
  auto const set = [&](std::string_view column, base::Value value) {
    values.push_back(std::move(value));
    sql.append(column).append(" = $").append(std::to_string(values.size())).append(", ");
  };
  auto const fields = model::ticket_type().fields;
  for (std::size_t i = 0; i < after.fields.size(); ++i) {
    if (after.fields[i] != before.fields[i]) set(fields[ticket_columns()[i]].column, after.fields[i]);
  }
  if (after.responses_hash != before.responses_hash) set("responses_hash", after.responses_hash);
  set("due_times_hash", due_times_hash(after));
  std::string const hash = hash_of(after);
  set("row_hash", hash);
  values.emplace_back(after.n);
  sql.resize(sql.size() - 2);
  sql.append(" WHERE n = $").append(std::to_string(values.size()));
  Reading update(db.prepare(sql));
  for (std::size_t i = 0; i < values.size(); ++i) update->bind_value(static_cast<int>(i) + 1, values[i]);
  update->step();
  return hash;
}

std::optional<model::Ticket> find_one(Connection& db, std::string const& sql, std::string_view key) {
  Reading row(db.prepare(sql));
  row->bind(1, key);
  if (!row->step()) return std::nullopt;
  return to_ticket(read_fields(*row));
}

std::int64_t& counter(WriteTx& tx) {
  auto& known = tx.places().counter;
  if (!known) known = tx.connection().number(kSequence);
  return *known;
}

std::int64_t next_place(WriteTx& tx) {
  auto& last = tx.places().last_ticket;
  if (!last) last = tx.connection().number(kLastPlace);
  return ++*last;
}

}  // namespace

std::int64_t next_ticket_counter(WriteTx& tx) {
  tx.take_turn();
  tx.places().counter_moved = true;
  return ++counter(tx);
}

void raise_ticket_counter(WriteTx& tx, std::int64_t used) {
  tx.take_turn();
  if (counter(tx) >= used) return;
  tx.places().counter_moved = true;
  counter(tx) = used;
}

void store_ticket_counter(WriteTx& tx) {
  if (!tx.places().counter_moved) return;
  insert_hashed(tx.connection(), kSequences, {"ticket", counter(tx)},
                " ON CONFLICT(name) DO UPDATE SET value = excluded.value, row_hash = excluded.row_hash");
}

std::string insert_ticket(WriteTx& tx, model::Ticket const& ticket, std::string const& salt) {
  tx.take_turn();
  Connection& db = tx.connection();
  TicketRow row{stored_fields(ticket), next_place(tx), {}, salt};
  static std::string const sql = insert_sql();
  Reading insert(db.prepare(sql));
  int parameter = 0;
  for (base::Value const& value : row.fields) insert->bind_value(++parameter, value);
  std::string hash = hash_of(row);
  std::string const due_times = due_times_hash(row);
  insert->bind(++parameter, row.n);
  for (std::string_view const text : {std::string_view(row.responses_hash), std::string_view(salt),
                                      std::string_view(hash), std::string_view(due_times)}) {
    insert->bind(++parameter, text);
  }
  insert->step();
  return hash;
}

std::string update_ticket(WriteTx& tx, model::Ticket const& ticket, std::int64_t known) {
  tx.take_turn();
  TicketRow const before = require_row(tx.connection(), ticket.id);
  refuse_overtaken(before, known);
  TicketRow after = before;
  after.fields = stored_fields(ticket);
  return write_changes(tx.connection(), before, after);
}

void set_responses_hash(Connection& db, std::string_view ticket_id, std::string const& response_hash) {
  TicketRow const before = require_row(db, ticket_id);
  TicketRow after = before;
  after.responses_hash = extend_responses_hash(before.responses_hash, response_hash);
  write_changes(db, before, after);
}

std::optional<model::Ticket> find_ticket_by_id(Connection& db, std::string_view id) {
  static std::string const sql = "SELECT " + ticket_column_list() + " FROM support_tickets WHERE id = $1";
  return find_one(db, sql, id);
}

std::optional<model::Ticket> find_ticket_by_number(Connection& db, std::string_view number) {
  static std::string const sql = "SELECT " + ticket_column_list() + " FROM support_tickets WHERE ticket_number = $1";
  return find_one(db, sql, number);
}

std::vector<model::Ticket> find_tickets_by_prefix(Connection& db, std::string_view prefix, std::size_t most) {
  static std::string const sql = select_tickets(
      "n IN (SELECT n FROM (SELECT n FROM support_tickets WHERE id >= $1 AND id < $2 ORDER BY id DESC LIMIT $3) AS a "
      "UNION ALL SELECT n FROM (SELECT n FROM support_tickets WHERE ticket_number >= $1 AND ticket_number < $2 "
      "ORDER BY ticket_number DESC LIMIT $3) AS b) ORDER BY n DESC LIMIT $3");
  std::string const end = std::string(prefix) + "\xf4\x8f\xbf\xbf";  // U+10FFFF sorts behind all other text
  Reading rows(db.prepare(sql));
  rows->bind(1, prefix).bind(2, std::string_view(end)).bind(3, static_cast<std::int64_t>(most));
  std::vector<model::Ticket> found;
  while (rows->step()) found.push_back(to_ticket(read_fields(*rows)));
  return found;
}

std::vector<TitleRow> recent_titles(Connection& db, std::string_view requester, base::TimePoint since,
                                    std::size_t most) {
  std::vector<TitleRow> found;
  if (requester.empty()) return found;
  Reading rows(db.prepare(kTitles));
  rows->bind(1, requester)
      .bind(2, std::int64_t{since.time_since_epoch().count()})
      .bind(3, static_cast<std::int64_t>(most));
  while (rows->step()) {
    auto const status = model::parse_status(rows->text(3));
    if (!status)
      throw base::Error(base::errors::store_damaged, {{"problem", "ticket " + rows->text(0) + " has no status"}});
    found.push_back({rows->text(0), rows->text(1), rows->text(2), *status});
  }
  return found;
}

}  // namespace umsops::store
