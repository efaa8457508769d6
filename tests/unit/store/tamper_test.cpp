// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "edits.hpp"
#include "store/attachments.hpp"
#include "store/callbacks.hpp"
#include "store/chain.hpp"
#include "store/escalations.hpp"
#include "store/keys.hpp"
#include "store/links.hpp"
#include "store/responses.hpp"
#include "umsops/base/hash.hpp"

using namespace umsops;
using namespace umsops::store;

namespace {

/// A store in which every table has rows.
struct Full {
  Desk desk;

  Full() {
    for (int i = 1; i <= 4; ++i) {
      auto ticket = a_ticket(desk.ids, i);
      ticket.requester_id = "zhang.wei";
      ticket.attributes = {{"host", "idp-1"}};
      ticket = file_ticket(*desk.store, desk.ids, ticket);
      WriteTx tx(*desk.store);
      auto const record = model::ref_of(ticket);
      insert_response(tx, {desk.ids.next_id(at(i)), ticket.id, "li.na", "text", "EXTERNAL", false, at(i)});
      insert_response(tx, {desk.ids.next_id(at(i)), ticket.id, "li.na", "more", "INTERNAL", true, at(i)});
      insert_key(tx, "reply", "key" + std::to_string(i), record, content_hash("said"));
      insert_escalation(tx, {desk.ids.next_id(at(i)), record, "li.na", model::Level::level_2, "why", "a", "b", at(i)});
      insert_taken(tx, {record, 1, "warn", at(i), at(i)});
      insert_link(tx, {record, model::LinkKind::caused_by, {"incident", "INC-1"}, at(i)});
      insert_callback(tx, a_callback(ticket));
      insert_attachment(
          tx, {desk.ids.next_id(at(i)), record, {}, "a.txt", "text/plain", 2, base::sha256_hex("hi"), true, at(i)},
          "aGk=");
      insert_outbox(tx, {"ticket.confirmation", "ticket", ticket.id, "zhang.wei", base::Value::Object{}},
                    desk.ids.next_id(at(i)), at(i));
      model::Event event;
      event.at = at(i);
      event.actor = {"li.na", "root", "ticket reply"};
      event.noun = "ticket";
      event.record_id = ticket.id;
      event.kind = "replied";
      event.changes = {{"status", "OPEN", "ASSIGNED"}};
      append_event(tx, event, {}, desk.ids);
      tx.commit();
    }
  }

  model::Callback a_callback(model::Ticket const& ticket) {
    model::Callback callback;
    callback.id = desk.ids.next_id(at(kStart));
    callback.ticket_id = ticket.id;
    callback.contact = "+86 10 1234";
    callback.due_at = callback.created_at = at(kStart);
    return callback;
  }
};

std::vector<std::string> kinds_of(Store& store) {
  std::vector<std::string> kinds;
  for (Flaw const& flaw : flaws_of(store)) kinds.push_back(flaw.what);
  return kinds;
}

bool has(std::vector<std::string> const& kinds, std::string const& kind) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

std::vector<std::string> history_kinds(Connection& db, std::optional<Head> const& against = {}) {
  std::vector<std::string> kinds;
  verify_history(db, against, {}, [&](Flaw const& flaw) { kinds.push_back(flaw.what); });
  return kinds;
}

}  // namespace

TEST_CASE("a sound store has no flaws") {
  Full full;
  CHECK(flaws_of(*full.desk.store).empty());
  CHECK(history_kinds(full.desk.db(), chain_head(full.desk.db())).empty());
}

TEST_CASE("an edit of any column of any table is found", "[sqlite]") {
  Full full;
  Folder folder;
  std::string const good = folder.file("good.db");
  backup_store(*full.desk.store, good);
  CHECK(each_edit(full.desk.db(), good, [](std::string const& copy, std::string const& sql) {
          INFO(sql);
          CHECK_FALSE(flaws_of(*open_for_reading(copy)).empty());
        }) > 200);
}

TEST_CASE("what is wrong with the history is told apart") {
  Full full;
  Connection& db = full.desk.db();
  Head const head = chain_head(db);
  auto const after = [&](std::string const& sql) {
    edit_store(full.desk.path, sql);
    return history_kinds(db, head);
  };
  SECTION("an entry is missing") { CHECK(has(after("DELETE FROM events WHERE seq = 3"), "gap")); }
  SECTION("entries changed places") {
    auto const kinds = after(
        "UPDATE events SET seq = -1 WHERE seq = 3; UPDATE events SET seq = 3 WHERE seq = 5; "
        "UPDATE events SET seq = 5 WHERE seq = -1");
    CHECK(has(kinds, "order"));
    CHECK_FALSE(has(kinds, "gap"));
  }
  SECTION("an entry says something else") {
    CHECK(after("UPDATE events SET kind = 'closed' WHERE seq = 3") == std::vector<std::string>{"chain"});
  }
  SECTION("a personal value says something else") {
    CHECK(after("UPDATE events SET private_values = replace(private_values, 'Login', 'Logout') WHERE seq = 3") ==
          std::vector<std::string>{"chain"});
    CHECK(after("UPDATE events SET actor = 'somebody' WHERE seq = 5") == std::vector<std::string>{"chain", "chain"});
  }
  SECTION("the tail is cut") {
    auto const kinds = after("DELETE FROM events WHERE seq = 8");
    CHECK(has(kinds, "head"));
    CHECK_FALSE(has(history_kinds(db), "gap"));
  }
  SECTION("a record says something else") {
    CHECK(after("UPDATE support_tickets SET priority = 'LOW' WHERE n = 2") == std::vector<std::string>{"state"});
  }
  SECTION("a record is missing") { CHECK(has(after("DELETE FROM support_tickets WHERE n = 2"), "missing")); }
  SECTION("a record came from nowhere") {
    CHECK(has(after("UPDATE support_tickets SET id = 'new' WHERE n = 2"), "state"));
  }
  SECTION("a part is missing") {
    for (char const* table : {"responses", "escalations", "links", "ladder_steps", "callbacks", "attachments"}) {
      INFO(table);
      std::size_t const before = history_kinds(db).size();
      CHECK(after("DELETE FROM " + std::string(table) + " WHERE record = 2").size() >= before + 1);
    }
    auto const kinds = after("DELETE FROM idempotency_keys WHERE record = 2");
    CHECK(std::all_of(kinds.begin(), kinds.end(), [](auto const& kind) { return kind == "missing"; }));
  }
  SECTION("a part is forged") {
    CHECK(after("UPDATE escalations SET reason = 'other' WHERE record = 2") ==
          std::vector<std::string>{"row_hash", "missing"});
  }
}

TEST_CASE("an anchored head must be in the history") {
  Full full;
  Connection& db = full.desk.db();
  CHECK(history_kinds(db, Head{3, std::string(32, 'a')}) == std::vector<std::string>{"head"});
  CHECK(history_kinds(db, Head{99, std::string(32, 'a')}) == std::vector<std::string>{"head"});
  CHECK(history_kinds(db, Head{0, no_hash()}).empty());
}

TEST_CASE("a schema that is not ours is a flaw", "[sqlite]") {
  Full full;
  SECTION("a planted trigger") {
    edit_store(full.desk.path, "CREATE TRIGGER t AFTER INSERT ON events BEGIN DELETE FROM support_tickets; END");
    file_ticket(*full.desk.store, full.desk.ids);
    CHECK(count_tickets(full.desk.db(), {}) == 5);
    CHECK(has(kinds_of(*full.desk.store), "structure"));
  }
  SECTION("a dropped index") {
    edit_store(full.desk.path, "DROP INDEX support_tickets_created");
    CHECK(has(kinds_of(*full.desk.store), "structure"));
  }
  SECTION("a dropped table") {
    edit_store(full.desk.path, "DROP TABLE outbox");
    CHECK(has(kinds_of(*full.desk.store), "structure"));
  }
}

TEST_CASE("flipped bits never pass unseen", "[sqlite]") {
  Full full;
  Folder folder;
  std::string const good = folder.file("good.db"), bad = folder.file("bad.db");
  backup_store(*full.desk.store, good);
  std::string const bytes = bytes_of(good);
  auto const answers = [](Store& store) {
    std::string text;
    list_tickets(store.connection(), {}, [&](model::Ticket const& t) {
      for (auto const& event : events_of(store.connection(), "ticket", t.id))
        text += event.hash + event.actor.name + event.reason;
      for (auto const& response : responses_of(store.connection(), t.id)) text += response.content;
      return text += t.ticket_number + t.title + t.requester_id, true;
    });
    return text;
  };
  std::string const expected = answers(*open_for_reading(good));
  unsigned random = 12345;
  for (int round = 0; round < 300; ++round) {
    random = random * 1664525 + 1013904223;
    std::string flipped = bytes;
    flipped[random / 8 % flipped.size()] ^= static_cast<char>(1 << random % 8);
    write_bytes(bad, flipped);
    bool found = false;
    std::string answer;
    try {
      auto const store = open_for_reading(bad);
      found = !flaws_of(*store).empty();
      answer = answers(*store);
    } catch (base::Error const&) {
      found = true;
    }
    for (char const* ending : {"-wal", "-shm"}) std::filesystem::remove(bad + ending);
    INFO("round " << round << ", byte " << random / 8 % flipped.size());
    CHECK((found || answer == expected));
  }
}
