// SPDX-License-Identifier: Apache-2.0
// What a transaction that adds many records puts off: the hashes of first events.
#include "fixture.hpp"

using namespace umsops;
using namespace umsops::store;

namespace {

model::Event first_event_of(model::Ticket const& ticket) {
  model::Event event;
  event.at = ticket.created_at;
  event.actor = {"ops", "root", "ticket import"};
  event.noun = "ticket";
  event.record_id = ticket.id;
  event.kind = "imported";
  event.rev = 1;
  event.reason = "a.jsonl:1";
  event.first = true;
  return event;
}

/// As an import does it.
model::Ticket bring(WriteTx& tx, base::IdSource& ids) {
  std::int64_t const n = next_number(tx, ticket_table());
  model::Ticket ticket = a_ticket(ids, n);
  ticket.requester_id = "zhang." + std::to_string(n % 7);
  auto row = insert_new_record(tx, ticket_table(), columns_of(ticket), {0, true, {}});
  append_first_event(tx, first_event_of(ticket), ticket_table(), std::move(row), ids);
  return ticket;
}

void bring_many(WriteTx& tx, base::IdSource& ids, int count) {
  for (int i = 0; i < count; ++i) bring(tx, ids);
}

}  // namespace

TEST_CASE("events that are finished late are those that are finished at once") {
  auto const hash_after = [](bool late, int count) {
    Desk desk;
    WriteTx tx(*desk.store);
    for (int i = 0; i < count; ++i) {
      bring(tx, desk.ids);
      if (!late) finish_events(tx);
    }
    tx.commit();
    CHECK(flaws_of(*desk.store).empty());
    return chain_head(desk.db()).hash;
  };
  for (int const count : {1, 63, 64, 65, 700}) CHECK(hash_after(true, count) == hash_after(false, count));
}

TEST_CASE("late events and others make one chain") {
  Desk desk;
  WriteTx tx(*desk.store);
  for (int round = 1; round <= 3; ++round) {
    model::Ticket const ticket = bring(tx, desk.ids);
    bring_many(tx, desk.ids, 99);
    model::Event event;
    event.at = at(kStart);
    event.actor = {"store", "root", "test"};
    event.kind = "noted";
    append_event(tx, event, {}, desk.ids);
    CHECK(event.seq == round * 101);
    CHECK(events_of(desk.db(), "ticket", ticket.id).size() == 1);
  }
  tx.commit();
  CHECK(chain_head(desk.db()).seq == 303);
  CHECK(flaws_of(*desk.store).empty());
}

TEST_CASE("what is late goes with its transaction") {
  Desk desk;
  {
    WriteTx tx(*desk.store);
    bring_many(tx, desk.ids, 300);
  }
  CHECK(chain_head(desk.db()).seq == 0);
  CHECK(count_tickets(desk.db(), {}) == 0);
}
