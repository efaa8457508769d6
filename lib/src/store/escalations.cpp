// SPDX-License-Identifier: Apache-2.0
#include "store/escalations.hpp"

#include "store/bound_rows.hpp"
#include "store/record_ref.hpp"
#include "umsops/base/error.hpp"

namespace umsops::store {
namespace {

constexpr std::string_view kOfRecord =
    "SELECT id, escalated_by, escalation_level, reason, previous_assignee, new_assignee, escalated_at "
    "FROM escalations WHERE noun = $1 AND record = $2 ORDER BY place";
constexpr std::string_view kTaken =
    "SELECT generation, step, due_at, fired_at FROM ladder_steps WHERE noun = $1 AND record = $2 "
    "ORDER BY generation, step";

}  // namespace

void insert_escalation(WriteTx& tx, model::Escalation const& e) {
  tx.take_turn();
  std::int64_t const n = in_hand_or_stored(tx, e.record);
  insert_bound(tx, kEscalations,
               {e.record.noun, n, next_place(tx.connection(), kEscalations, e.record.noun, n), e.id, e.escalated_by,
                model::to_string(e.escalation_level), e.reason, e.previous_assignee, e.new_assignee, e.escalated_at});
}

std::vector<model::Escalation> escalations_of(Connection& db, model::Ref const& record) {
  std::vector<model::Escalation> found;
  std::int64_t const n = place_of(db, record);
  Reading rows(db.prepare(kOfRecord));
  rows->bind(1, std::string_view(record.noun)).bind(2, n);
  while (rows->step()) {
    auto const level = model::parse_level(rows->text(2));
    if (!level) throw base::Error(base::errors::store_damaged, {{"problem", "an escalation without a level"}});
    found.push_back(
        {rows->text(0), record, rows->text(1), *level, rows->text(3), rows->text(4), rows->text(5), rows->time_at(6)});
  }
  return found;
}

void insert_taken(WriteTx& tx, TakenStep const& taken) {
  tx.take_turn();
  insert_bound(tx, kLadderSteps,
               {taken.record.noun, in_hand_or_stored(tx, taken.record), taken.generation, taken.step, taken.due_at,
                taken.fired_at});
}

std::vector<TakenStep> taken_steps_of(Connection& db, model::Ref const& record) {
  std::vector<TakenStep> taken;
  std::int64_t const n = place_of(db, record);
  Reading rows(db.prepare(kTaken));
  rows->bind(1, std::string_view(record.noun)).bind(2, n);
  while (rows->step()) taken.push_back({record, rows->integer(0), rows->text(1), rows->time_at(2), rows->time_at(3)});
  return taken;
}

}  // namespace umsops::store
