// SPDX-License-Identifier: Apache-2.0
#include "store/callbacks.hpp"

#include "store/row_hash.hpp"
#include "umsops/base/error.hpp"

namespace umsops::store {
namespace {

using base::TimePoint;
using base::Value;
using model::Callback;

constexpr std::string_view kSelect =
    "SELECT c.id, c.ticket_id, c.contact, c.note, c.due_at, c.state, c.created_at, c.created_by, c.done_at, c.done_by, "
    "c.outcome, t.ticket_number, t.title, t.requester_id FROM ticket_callbacks AS c "
    "JOIN support_tickets AS t ON t.id = c.ticket_id ";
/// The hash goes over the whole row, so the caller hands in all of it, not only what changes.
constexpr std::string_view kClose =
    "UPDATE ticket_callbacks SET state = 'DONE', done_at = $2, done_by = $3, outcome = $4, row_hash = $5 WHERE id = $1";

std::vector<Value> values_of(Callback const& callback) {
  return stored_values(kCallbacks,
                       {callback.id, callback.ticket_id, callback.contact, callback.note, callback.due_at,
                        model::to_string(callback.state), callback.created_at, callback.created_by,
                        callback.done_at ? Value(*callback.done_at) : Value(), callback.done_by, callback.outcome});
}

Callback read(Statement const& row) {
  Callback out;
  out.id = row.text(0);
  out.ticket_id = row.text(1);
  out.contact = row.text(2);
  out.note = row.text(3);
  out.due_at = row.time_at(4);
  auto const state = model::parse_callback_state(row.text(5));
  if (!state)
    throw base::Error(base::errors::store_damaged, {{"problem", "call-back " + out.id + " is in no known state"}});
  out.state = *state;
  out.created_at = row.time_at(6);
  out.created_by = row.text(7);
  if (!row.is_null(8)) out.done_at = row.time_at(8);
  out.done_by = row.text(9);
  out.outcome = row.text(10);
  out.ticket_number = row.text(11);
  out.title = row.text(12);
  out.requester_id = row.text(13);
  return out;
}

std::string select(std::string_view rest) { return std::string(kSelect).append(rest); }

}  // namespace

void insert_callback(WriteTx& tx, Callback const& callback) {
  tx.take_turn();
  insert_hashed(tx.connection(), kCallbacks, values_of(callback));
}

void close_callback(WriteTx& tx, Callback const& callback) {
  tx.take_turn();
  Reading update(tx.connection().prepare(kClose));
  update->bind(1, std::string_view(callback.id));
  update->bind(2, callback.done_at.value_or(TimePoint{}));
  update->bind_optional(3, callback.done_by).bind_optional(4, callback.outcome);
  update->bind(5, std::string_view(row_hash(kCallbacks.name, values_of(callback)))).step();
}

std::vector<Callback> find_callbacks(Connection& db, std::string_view prefix, std::size_t most) {
  static std::string const sql = select("WHERE c.id >= $1 AND c.id < $2 ORDER BY c.id LIMIT $3");
  // A range instead of LIKE: the index on the id answers it in both engines.
  std::string const end = end_of_prefix(prefix);
  Reading rows(db.prepare(sql));
  rows->bind(1, prefix).bind(2, std::string_view(end)).bind(3, static_cast<std::int64_t>(most));
  std::vector<Callback> found;
  while (rows->step()) found.push_back(read(*rows));
  return found;
}

std::vector<Callback> callbacks_of(Connection& db, std::string_view ticket_id) {
  static std::string const sql = select("WHERE c.ticket_id = $1 ORDER BY c.created_at, c.id");
  Reading rows(db.prepare(sql));
  rows->bind(1, ticket_id);
  std::vector<Callback> found;
  while (rows->step()) found.push_back(read(*rows));
  return found;
}

void list_callbacks(Connection& db, CallbackFilter const& filter, std::function<bool(Callback const&)> const& visit) {
  // The state stands in the text, so that the index of the open ones serves.
  std::string where = "WHERE c.due_at <= $1";
  if (filter.state) where.append(" AND c.state = '").append(model::to_string(*filter.state)).append("'");
  Reading rows(db.prepare_walk(select(where + " ORDER BY c.due_at, c.id")));
  rows->bind(1, filter.due_by ? filter.due_by->time_since_epoch().count() : INT64_MAX);
  while (rows->step()) {
    if (!visit(read(*rows))) return;
  }
}

}  // namespace umsops::store
