// SPDX-License-Identifier: Apache-2.0
#include "store/due_tickets.hpp"

#include "store/ticket_days.hpp"

namespace umsops::store {
namespace {

/// Both columns in one comparison of rows: the index on them answers it. `n` separates tickets that are due at the
/// same time.
constexpr std::string_view kDue =
    "SELECT id, next_action_at, n FROM support_tickets WHERE next_action_at IS NOT NULL AND next_action_at <= $1 "
    "AND (next_action_at, n) > ($2, $3) ORDER BY next_action_at, n LIMIT $4";
/// By `n`, which never changes: a ticket that is changed on the way is met once.
constexpr std::string_view kBehind =
    "SELECT n, id FROM support_tickets WHERE n > $1 AND (status NOT IN ('CLOSED', 'SPAM') OR $2 = 1) ORDER BY n LIMIT "
    "$3";

}  // namespace

std::vector<DueTicket> DueWalk::next(Connection& db, std::int64_t most) {
  std::vector<DueTicket> found;
  Reading rows(db.prepare(kDue));
  rows->bind(1, until_).bind(2, at_).bind(3, n_).bind(4, most);
  while (rows->step()) found.push_back({rows->text(0), rows->time_at(1), rows->integer(2)});
  if (!found.empty()) {
    at_ = found.back().at;
    n_ = found.back().n;
  }
  return found;
}

namespace {

bool same_times(model::Ticket const& a, model::Ticket const& b) {
  return a.sla_deadline == b.sla_deadline && a.response_due_at == b.response_due_at &&
         a.resolution_due_at == b.resolution_due_at && a.sla_risk_at == b.sla_risk_at && a.sla_breach == b.sla_breach;
}

}  // namespace

void store_due_times(WriteTx& tx, model::Ticket const& before, model::Ticket const& after, bool anyway) {
  // No event and no new revision: nobody changed the ticket, and a clock's entries would drown the history. `anyway`
  // also renews the hash over these columns.
  bool const same = same_times(before, after);
  if (!anyway && same && before.next_action_at == after.next_action_at) return;
  update_ticket_due_times(tx, after, before.rev);
  if (!same || anyway) note_unseen_change(tx);
}

void set_next_action(WriteTx& tx, model::Ticket const& ticket, std::optional<base::TimePoint> at) {
  model::Ticket after = ticket;
  after.next_action_at = at;
  store_due_times(tx, ticket, after);
}

std::vector<std::pair<std::int64_t, std::string>> tickets_behind(Connection& db, std::int64_t after, bool closed_too,
                                                                 std::int64_t most) {
  std::vector<std::pair<std::int64_t, std::string>> found;
  Reading rows(db.prepare(kBehind));
  rows->bind(1, after).bind(2, std::int64_t{closed_too ? 1 : 0}).bind(3, most);
  while (rows->step()) found.emplace_back(rows->integer(0), rows->text(1));
  return found;
}

}  // namespace umsops::store
