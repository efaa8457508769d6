// SPDX-License-Identifier: Apache-2.0
#include "store/due_tickets.hpp"

#include "fixture.hpp"

using namespace umsops;
using namespace umsops::store;

namespace {

/// Stores a ticket that is due then.
std::string due(Desk& desk, int number, base::TimePoint at) {
  model::Ticket ticket = a_ticket(desk.ids, number);
  ticket.next_action_at = at;
  WriteTx tx(*desk.store);
  insert_ticket(tx, ticket);
  tx.commit();
  return ticket.id;
}

}  // namespace

TEST_CASE("a walk over due tickets gives each once, in the order of time") {
  Desk desk;
  std::vector<std::string> expected;
  for (int i = 1; i <= 30; ++i) expected.push_back(due(desk, i, at(kStart)));  // equal times: by their places
  auto const last = due(desk, 31, at(kStart + 2));
  auto const before = due(desk, 32, at(kStart + 1));
  due(desk, 33, at(kStart + 100));
  expected.push_back(before);
  expected.push_back(last);
  for (std::int64_t const most : {std::int64_t{1}, std::int64_t{7}, std::int64_t{100}}) {
    DueWalk walk(at(kStart + 10));
    std::vector<std::string> given;
    std::size_t rows = 0;
    for (;;) {  // none of them is acted on, and all stay due
      auto const some = walk.next(desk.db(), most);
      if (some.empty()) break;
      rows += some.size();
      for (auto const& ticket : some) given.push_back(ticket.id);
    }
    CHECK(given == expected);
    CHECK(rows == expected.size());
  }
}

TEST_CASE("what comes due later is met again") {
  Desk desk;
  auto const id = due(desk, 1, at(kStart));
  DueWalk walk(at(kStart + 10));
  REQUIRE(walk.next(desk.db(), 1).size() == 1);
  WriteTx tx(*desk.store);
  set_next_action(tx, *find_ticket_by_id(desk.db(), id), at(kStart + 5));
  tx.commit();
  auto const again = walk.next(desk.db(), 1);
  REQUIRE(again.size() == 1);
  CHECK(again[0].at == at(kStart + 5));
  CHECK(walk.next(desk.db(), 1).empty());
}
