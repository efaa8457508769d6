// SPDX-License-Identifier: Apache-2.0
#include "store/workload.hpp"

#include "fixture.hpp"

using namespace umsops;
using namespace umsops::store;

namespace {

void file_for(Desk& desk, std::string const& assignee, model::TicketStatus status) {
  auto ticket = a_ticket(desk.ids, 1);
  ticket.assignee_id = assignee;
  ticket.status = status;
  if (!model::is_open(status)) ticket.resolved_at = ticket.created_at;
  if (status == model::TicketStatus::closed) ticket.closed_at = ticket.created_at;
  file_ticket(*desk.store, desk.ids, ticket);
}

}  // namespace

TEST_CASE("only unfinished tickets are a load") {
  Desk desk;
  using enum model::TicketStatus;
  for (auto const status : {open, assigned, in_progress, pending, escalated, resolved, closed})
    file_for(desk, "li.na", status);
  file_for(desk, "wang.fang", closed);
  file_for(desk, "", open);
  auto& db = desk.store->connection();
  CHECK(open_tickets_of(db, "li.na") == 5);
  CHECK(open_tickets_of(db, "wang.fang") == 0);
  CHECK(open_tickets_of(db, "nobody") == 0);
}

TEST_CASE("history does not slow the count down: it is answered by its own index", "[sqlite]") {
  Desk desk;
  Reading plan(
      desk.store->connection().prepare("EXPLAIN QUERY PLAN SELECT COUNT(*) FROM support_tickets"
                                       " WHERE assignee_id = $1 AND status NOT IN ('RESOLVED', 'CLOSED')"));
  REQUIRE(plan->step());
  CHECK(plan->text(3).find("INDEX support_tickets_load (assignee_id=?)") != std::string::npos);
}

TEST_CASE("a pool remembers its last turn, and its rows are sound") {
  Desk desk;
  for (auto const* const person : {"li.na", "wang.fang"}) {
    WriteTx tx(*desk.store);
    store_turn(tx, {"team:sso", person, at(kStart)});
    tx.commit();
  }
  {
    WriteTx tx(*desk.store);
    store_turn(tx, {"everybody", "li.na", at(kStart + 5)});
    tx.rollback();
  }
  auto const turns = assignment_turns(desk.store->connection());
  REQUIRE(turns.size() == 1);
  CHECK(turns[0].pool == "team:sso");
  CHECK(turns[0].person == "wang.fang");
  CHECK(turns[0].at == at(kStart));
  CHECK(flaws_of(*desk.store).empty());
}
