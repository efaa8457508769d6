// SPDX-License-Identifier: Apache-2.0
#include "store/links.hpp"

#include "store/record_row.hpp"
#include "store/row_hash.hpp"
#include "store/tickets.hpp"
#include "umsops/base/error.hpp"

namespace umsops::store {
namespace {

constexpr std::string_view kThere = "SELECT 1 FROM ticket_links WHERE ticket_id = $1 AND kind = $2 AND other_id = $3";
constexpr std::string_view kErase = "DELETE FROM ticket_links WHERE ticket_id = $1 AND kind = $2 AND other_id = $3";
constexpr std::string_view kFrom =
    "SELECT ticket_id, kind, other_noun, other_id, created_at FROM ticket_links WHERE ticket_id = $1 ORDER BY kind, "
    "other_id";
constexpr std::string_view kTo =
    "SELECT ticket_id, kind, other_noun, other_id, created_at FROM ticket_links WHERE other_id = $1 ORDER BY kind, "
    "ticket_id";
constexpr std::string_view kUnfinished = " AND status NOT IN ('RESOLVED', 'CLOSED') ORDER BY n";

void bind_key(Statement& statement, model::Link const& link) {
  statement.bind(1, std::string_view(ticket_id_of(link.from))).bind(2, model::to_string(link.kind));
  statement.bind(3, std::string_view(link.to.id));
}

bool is_there(Connection& db, model::Link const& link) {
  Reading row(db.prepare(kThere));
  bind_key(*row, link);
  return row->step();
}

std::vector<model::Link> read_links(Connection& db, std::string_view sql, std::string_view id) {
  std::vector<model::Link> links;
  Reading rows(db.prepare(sql));
  rows->bind(1, id);
  while (rows->step()) {
    auto const kind = model::parse_link(rows->text(1));
    if (!kind)
      throw base::Error(base::errors::store_damaged,
                        {{"problem", "a link of unknown kind at ticket " + rows->text(0)}});
    links.push_back({{"ticket", rows->text(0)}, *kind, {rows->text(2), rows->text(3)}, rows->time_at(4)});
  }
  return links;
}

std::vector<model::Ticket> read_tickets(Connection& db, std::string_view where, std::string_view id) {
  std::vector<model::Ticket> found;
  Reading rows(db.prepare("SELECT " + column_list(ticket_table()) + " FROM support_tickets WHERE " +
                          std::string(where) + std::string(kUnfinished)));
  rows->bind(1, id);
  while (rows->step()) found.push_back(to_ticket(read_columns(ticket_table(), *rows)));
  return found;
}

constexpr std::string_view kBlocks =
    "SELECT l.ticket_id, l.kind, l.other_noun, l.other_id, l.created_at FROM ticket_links AS l "
    "JOIN support_tickets AS a ON a.id = l.ticket_id JOIN support_tickets AS b ON b.id = l.other_id "
    "WHERE l.kind = $1 AND a.status NOT IN ('RESOLVED', 'CLOSED') AND b.status NOT IN ('RESOLVED', 'CLOSED')";

}  // namespace

bool insert_link(WriteTx& tx, model::Link const& link) {
  tx.take_turn();
  // Asked first instead of left to the primary key: on a server a failed insert ends the whole transaction.
  if (is_there(tx.connection(), link)) return false;
  insert_hashed(tx.connection(), kLinks,
                {ticket_id_of(link.from), model::to_string(link.kind), link.to.id, link.to.noun, link.created_at});
  return true;
}

bool erase_link(WriteTx& tx, model::Link const& link) {
  tx.take_turn();
  // Asked first: a change is sent without waiting, so nobody would tell whether it erased anything.
  if (!is_there(tx.connection(), link)) return false;
  Reading erase(tx.connection().prepare(kErase));
  bind_key(*erase, link);
  erase->step();
  return true;
}

std::vector<model::Link> links_from(Connection& db, model::Ref const& record) {
  return read_links(db, kFrom, ticket_id_of(record));
}
std::vector<model::Link> links_to(Connection& db, model::Ref const& record) { return read_links(db, kTo, record.id); }

std::vector<model::Link> unfinished_blocks(Connection& db) {
  return read_links(db, kBlocks, model::to_string(model::LinkKind::blocked_by));
}

std::vector<model::Ticket> open_children(Connection& db, std::string_view ticket_id) {
  return read_tickets(db, "id IN (SELECT ticket_id FROM ticket_links WHERE other_id = $1 AND kind = 'child-of')",
                      ticket_id);
}
std::vector<model::Ticket> open_blockers(Connection& db, std::string_view ticket_id) {
  return read_tickets(db, "id IN (SELECT other_id FROM ticket_links WHERE ticket_id = $1 AND kind = 'blocked-by')",
                      ticket_id);
}

}  // namespace umsops::store
