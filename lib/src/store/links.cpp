// SPDX-License-Identifier: Apache-2.0
#include "store/links.hpp"

#include "store/bound_rows.hpp"
#include "store/record_ref.hpp"
#include "store/record_row.hpp"
#include "store/tickets.hpp"
#include "umsops/base/error.hpp"

namespace umsops::store {
namespace {

constexpr std::string_view kFrom =
    "SELECT noun, record, kind, other_noun, other, other_name, created_at FROM links WHERE noun = $1 AND record = $2 "
    "ORDER BY kind, other, other_name";
constexpr std::string_view kTo =
    "SELECT noun, record, kind, other_noun, other, other_name, created_at FROM links WHERE other_noun = $1 AND other = "
    "$2 ORDER BY kind, record";
constexpr std::string_view kUnfinished = " AND status NOT IN ('RESOLVED', 'CLOSED', 'SPAM') ORDER BY n";

/// Where the link leads: a record here by its place, any other by its name.
Values key_of(WriteTx& tx, model::Link const& link) {
  std::int64_t const from = in_hand_or_stored(tx, link.from);
  std::int64_t const to = in_hand_or_absent(tx, link.to);
  return {link.from.noun, from, model::to_string(link.kind), link.to.noun, to, to ? std::string() : link.to.id};
}

model::Link read_link(Connection& db, Values const& row) {
  auto const kind = model::parse_link(row[2].text());
  if (!kind) throw base::Error(base::errors::store_damaged, {{"problem", "a link of unknown kind"}});
  auto const ref = [&](base::Value const& noun, base::Value const& n) {
    return record_at(db, noun.text(), *n.get_if<std::int64_t>());
  };
  bool const here = row[4] != base::Value(std::int64_t{0});
  return {ref(row[0], row[1]), *kind,
          here ? ref(row[3], row[4]) : model::Ref{std::string(row[3].text()), std::string(row[5].text())},
          base::TimePoint{base::Milliseconds{*row[6].get_if<std::int64_t>()}}};
}

std::vector<model::Link> read_links(Connection& db, Statement& statement) {
  std::vector<Values> rows;
  while (statement.step()) rows.push_back(stored_row(statement, kLinks.columns));
  std::vector<model::Link> links;
  for (Values const& row : rows) links.push_back(read_link(db, row));
  return links;
}

std::vector<model::Link> links_at(Connection& db, std::string_view sql, model::Ref const& record) {
  std::int64_t const n = place_of(db, record);
  Reading rows(db.prepare(sql));
  rows->bind(1, std::string_view(record.noun)).bind(2, n);
  return read_links(db, *rows);
}

std::vector<model::Ticket> read_tickets(Connection& db, std::string_view where, std::string_view id) {
  std::vector<model::Ticket> found;
  std::int64_t const n = place_of_ticket(db, id);
  Reading rows(db.prepare("SELECT " + column_list(ticket_table()) + " FROM support_tickets WHERE " +
                          std::string(where) + std::string(kUnfinished)));
  rows->bind(1, n);
  while (rows->step()) found.push_back(to_ticket(read_columns(ticket_table(), *rows)));
  return found;
}

/// From the open tickets on, of which there are few; a CROSS JOIN keeps SQLite from reading all links first.
constexpr std::string_view kBlocks =
    "SELECT l.noun, l.record, l.kind, l.other_noun, l.other, l.other_name, l.created_at FROM support_tickets AS a "
    "CROSS JOIN links AS l JOIN support_tickets AS b ON b.n = l.other "
    "WHERE l.noun = 'ticket' AND l.record = a.n AND l.other_noun = 'ticket' AND l.kind = $1 "
    "AND a.status NOT IN ('RESOLVED', 'CLOSED') AND a.status <> 'SPAM' "
    "AND b.status NOT IN ('RESOLVED', 'CLOSED', 'SPAM')";

bool is_there(Connection& db, Values const& key) {
  Reading row(
      db.prepare("SELECT 1 FROM links WHERE noun = $1 AND record = $2 AND kind = $3 AND other_noun = $4 AND "
                 "other = $5 AND other_name = $6"));
  for (std::size_t i = 0; i < key.size(); ++i) row->bind_value(static_cast<int>(i) + 1, key[i]);
  return row->step();
}

}  // namespace

bool insert_link(WriteTx& tx, model::Link const& link) {
  tx.take_turn();
  Values row = key_of(tx, link);
  // Asked first instead of left to the primary key: on a server a failed insert ends the whole transaction.
  if (is_there(tx.connection(), row)) return false;
  row.emplace_back(link.created_at);
  insert_bound(tx, kLinks, std::move(row));
  return true;
}

bool erase_link(WriteTx& tx, model::Link const& link) {
  tx.take_turn();
  return erase_bound(tx, kLinks, key_of(tx, link));
}

std::vector<model::Link> links_from(Connection& db, model::Ref const& record) { return links_at(db, kFrom, record); }
std::vector<model::Link> links_to(Connection& db, model::Ref const& record) { return links_at(db, kTo, record); }

std::vector<model::Link> unfinished_blocks(Connection& db) {
  Reading rows(db.prepare(kBlocks));
  rows->bind(1, model::to_string(model::LinkKind::blocked_by));
  return read_links(db, *rows);
}

std::vector<model::Ticket> open_children(Connection& db, std::string_view ticket_id) {
  return read_tickets(db,
                      "n IN (SELECT record FROM links WHERE noun = 'ticket' AND other_noun = 'ticket' AND other = $1 "
                      "AND kind = 'child-of')",
                      ticket_id);
}
std::vector<model::Ticket> open_blockers(Connection& db, std::string_view ticket_id) {
  return read_tickets(db,
                      "n IN (SELECT other FROM links WHERE noun = 'ticket' AND record = $1 AND kind = 'blocked-by' AND "
                      "other_noun = 'ticket')",
                      ticket_id);
}

}  // namespace umsops::store
