// SPDX-License-Identifier: Apache-2.0
#include "store/escalations.hpp"

#include "store/row_hash.hpp"
#include "store/tickets.hpp"
#include "umsops/base/error.hpp"

namespace umsops::store {
namespace {

constexpr std::string_view kPlace = "SELECT coalesce(max(n), 0) FROM ticket_escalations";
constexpr std::string_view kOfTicket =
    "SELECT id, ticket_id, escalated_by, escalation_level, reason, previous_assignee, new_assignee, escalated_at "
    "FROM ticket_escalations WHERE ticket_id = $1 ORDER BY n";
constexpr std::string_view kTaken =
    "SELECT generation, step, due_at, fired_at FROM ladder_steps WHERE ticket_id = $1 ORDER BY generation, step";

}  // namespace

void insert_escalation(WriteTx& tx, model::Escalation const& e, std::string const& salt) {
  tx.take_turn();
  Connection& db = tx.connection();
  insert_hashed(db, kEscalations,
                // Safe to count on: with the turn taken, nobody else gives places.
                {db.number(kPlace) + 1, e.id, e.ticket_id, e.escalated_by, model::to_string(e.escalation_level),
                 e.reason, e.previous_assignee, e.new_assignee, e.escalated_at, salt});
}

std::vector<model::Escalation> escalations_of(Connection& db, std::string_view ticket_id) {
  std::vector<model::Escalation> found;
  Reading rows(db.prepare(kOfTicket));
  rows->bind(1, ticket_id);
  while (rows->step()) {
    auto const level = model::parse_level(rows->text(3));
    if (!level) throw base::Error(base::errors::store_damaged, {{"problem", "an escalation without a level"}});
    found.push_back({rows->text(0), rows->text(1), rows->text(2), *level, rows->text(4), rows->text(5), rows->text(6),
                     rows->time_at(7)});
  }
  return found;
}

void insert_taken(WriteTx& tx, TakenStep const& taken) {
  tx.take_turn();
  insert_hashed(tx.connection(), kLadderSteps,
                {ticket_id_of(taken.record), taken.generation, taken.step, taken.due_at, taken.fired_at});
}

std::vector<TakenStep> taken_steps_of(Connection& db, model::Ref const& record) {
  std::vector<TakenStep> taken;
  Reading rows(db.prepare(kTaken));
  rows->bind(1, std::string_view(ticket_id_of(record)));
  while (rows->step()) taken.push_back({record, rows->integer(0), rows->text(1), rows->time_at(2), rows->time_at(3)});
  return taken;
}

}  // namespace umsops::store
