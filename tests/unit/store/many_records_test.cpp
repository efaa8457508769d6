// SPDX-License-Identifier: Apache-2.0
// What a transaction that adds many records puts off: plain indexes, and the hashes of first events.
#include <SQLiteCpp/SQLiteCpp.h>

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

/// In the order of their names, with the SQL of each.
std::string indexes(Connection& db) {
  Reading rows(
      db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'support_tickets' "
                 "ORDER BY name"));
  std::string list;
  while (rows->step()) list.append(rows->text(0)).append("=").append(rows->text(1)).append("\n");
  return list;
}

bool has_plain(Connection& db) { return indexes(db).find("support_tickets_requester") != std::string::npos; }

}  // namespace

TEST_CASE("plain indexes are away while many records are added, and as they were behind the commit", "[sqlite]") {
  Desk desk;
  std::string const before = indexes(desk.db());
  {
    WriteTx tx(*desk.store);
    bring_many(tx, desk.ids, 999);
    CHECK(indexes(desk.db()) == before);
    bring_many(tx, desk.ids, 500);
    CHECK_FALSE(has_plain(desk.db()));
    CHECK(indexes(desk.db()).find("support_tickets_created") != std::string::npos);
    CHECK(indexes(desk.db()).find("support_tickets_key") != std::string::npos);
    CHECK(indexes(open_for_reading(desk.path)->connection()) == before);
    tx.commit();
  }
  CHECK(indexes(desk.db()) == before);
  CHECK(flaws_of(*desk.store).empty());
  CHECK(recent_titles(desk.db(), "zhang.3", at(0), 2000).size() == 214);
}

TEST_CASE("a rollback brings plain indexes back", "[sqlite]") {
  Desk desk;
  std::string const before = indexes(desk.db());
  {
    WriteTx tx(*desk.store);
    bring_many(tx, desk.ids, 1200);
    CHECK_FALSE(has_plain(desk.db()));
  }
  CHECK(indexes(desk.db()) == before);
  {
    WriteTx tx(*desk.store);
    bring_many(tx, desk.ids, 1200);
    tx.rollback();
  }
  CHECK(indexes(desk.db()) == before);
  CHECK(count_tickets(desk.db(), {}) == 0);
  CHECK(chain_head(desk.db()).seq == 0);
  file_ticket(*desk.store, desk.ids);
  CHECK(flaws_of(*desk.store).empty());
}

TEST_CASE("many records beside more keep their indexes", "[sqlite]") {
  Desk desk;
  {
    WriteTx tx(*desk.store);
    bring_many(tx, desk.ids, 1500);
    tx.commit();
  }
  WriteTx tx(*desk.store);
  bring_many(tx, desk.ids, 1400);
  CHECK(has_plain(desk.db()));
  bring_many(tx, desk.ids, 200);
  CHECK_FALSE(has_plain(desk.db()));
  tx.commit();
  CHECK(flaws_of(*desk.store).empty());
}

TEST_CASE("a crafted schema makes nothing but an index", "[sqlite]") {
  Desk desk;
  // The engine keeps text behind an index's definition, and never runs it.
  SQLite::Database(desk.path, SQLite::OPEN_READWRITE)
      .exec(
          "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = sql || '; DELETE FROM store_info' "
          "WHERE name = 'support_tickets_requester'");
  desk.store = open_for_writing(desk.path);
  WriteTx tx(*desk.store);
  bring_many(tx, desk.ids, 1001);
  tx.commit();
  CHECK(desk.db().number("SELECT count(*) FROM store_info") > 0);
}

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
