// SPDX-License-Identifier: Apache-2.0
#include "store/callbacks.hpp"

#include "store/bound_rows.hpp"
#include "store/record_ref.hpp"
#include "store/tickets.hpp"
#include "umsops/base/error.hpp"

namespace umsops::store {
namespace {

using model::Callback;

constexpr std::string_view kSelect =
    "SELECT c.id, t.id, c.contact, c.note, c.due_at, c.state, c.created_at, c.created_by, c.done_at, c.done_by, "
    "c.outcome, t.ticket_number, t.title, t.requester_id FROM callbacks AS c "
    "JOIN support_tickets AS t ON t.n = c.record WHERE ";
/// All are of this noun: the index by record, which begins with it, must not seem a short way.
constexpr std::string_view kOfTickets = "c.noun || '' = 'ticket' AND ";

Values values_of(WriteTx& tx, Callback const& callback) {
  model::Ref const record{std::string(model::ticket_type().noun), callback.ticket_id};
  return {callback.id,
          record.noun,
          in_hand_or_stored(tx, record),
          callback.contact,
          callback.note,
          callback.due_at,
          model::to_string(callback.state),
          callback.created_at,
          callback.created_by,
          callback.done_at ? base::Value(*callback.done_at) : base::Value(),
          callback.done_by,
          callback.outcome};
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
  insert_bound(tx, kCallbacks, values_of(tx, callback));
}

void replace_callback(WriteTx& tx, Callback const& callback) {
  tx.take_turn();
  replace_bound(tx, kCallbacks, values_of(tx, callback));
}

std::vector<Callback> find_callbacks(Connection& db, std::string_view prefix, std::size_t most) {
  static std::string const sql = select(std::string(kOfTickets) + "c.id >= $1 AND c.id < $2 ORDER BY c.id LIMIT $3");
  // A range instead of LIKE: the index on the id answers it in both engines.
  std::string const end = end_of_prefix(prefix);
  Reading rows(db.prepare(sql));
  rows->bind(1, prefix).bind(2, std::string_view(end)).bind(3, static_cast<std::int64_t>(most));
  std::vector<Callback> found;
  while (rows->step()) found.push_back(read(*rows));
  return found;
}

std::vector<Callback> callbacks_of(Connection& db, std::string_view ticket_id) {
  static std::string const sql = select("c.noun = 'ticket' AND c.record = $1 ORDER BY c.created_at, c.id");
  std::int64_t const n = place_of_ticket(db, ticket_id);
  Reading rows(db.prepare(sql));
  rows->bind(1, n);
  std::vector<Callback> found;
  while (rows->step()) found.push_back(read(*rows));
  return found;
}

void list_callbacks(Connection& db, CallbackFilter const& filter, std::function<bool(Callback const&)> const& visit) {
  // The state stands in the text, so that the index of the open ones serves.
  std::string where = std::string(kOfTickets) + "c.due_at <= $1";
  if (filter.state) where.append(" AND c.state = '").append(model::to_string(*filter.state)).append("'");
  Reading rows(db.prepare_walk(select(where + " ORDER BY c.due_at, c.id")));
  rows->bind(1, filter.due_by ? filter.due_by->time_since_epoch().count() : INT64_MAX);
  while (rows->step()) {
    if (!visit(read(*rows))) return;
  }
}

}  // namespace umsops::store
