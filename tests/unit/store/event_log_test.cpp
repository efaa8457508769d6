// SPDX-License-Identifier: Apache-2.0
#include "fixture.hpp"
#include "store/chain.hpp"
#include "store/erasure.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/json.hpp"

using namespace umsops;
using namespace umsops::store;

namespace {

model::Event an_event(std::string const& record, std::string const& actor) {
  model::Event event;
  event.at = at(kStart);
  event.actor = {actor, "root", "ticket note"};
  event.noun = "ticket";
  event.record_id = record;
  event.kind = "noted";
  return event;
}

/// Stores a ticket without an event; gives its id.
std::string a_record(Desk& desk, int n) {
  model::Ticket const ticket = a_ticket(desk.ids, n);
  WriteTx tx(*desk.store);
  insert_ticket(tx, ticket);
  tx.commit();
  return ticket.id;
}

void append(Store& store, model::Event event, base::IdSource& ids) {
  WriteTx tx(store);
  append_event(tx, event, "", ids);
  tx.commit();
}

}  // namespace

TEST_CASE("an event comes back with its changes") {
  Desk desk;
  std::string const id = a_record(desk, 1);
  model::Event event = an_event(id, "zhang.wei");
  event.rev = 3;
  event.reason = "原因";
  event.rules_version = "abc";
  event.given_time = true;
  event.changes = {{"priority", "LOW", "HIGH"},
                   {"title", {}, "登录", true},
                   {"resolved_at", {}, at(kStart)},
                   {"attributes", base::Value::Object{{"a", "b"}}, base::Value(), true}};
  {
    WriteTx tx(*desk.store);
    append_event(tx, event, "state", desk.ids);
    tx.commit();
  }
  CHECK(event.seq == 1);
  CHECK(event.previous_hash == std::string(64, '0'));
  auto const events = events_of(desk.db(), "ticket", id);
  REQUIRE(events.size() == 1);
  model::Event const& found = events[0];
  CHECK(found.hash == event.hash);
  CHECK(found.actor.name == "zhang.wei");
  CHECK(found.actor.login == "root");
  CHECK(found.actor.command == "ticket note");
  CHECK(found.rev == 3);
  CHECK(found.reason == "原因");
  CHECK(found.rules_version == "abc");
  CHECK(found.record_id == id);
  CHECK(found.given_time);
  REQUIRE(found.changes.size() == 4);
  CHECK(found.changes[0].after == base::Value("登录"));  // in the order of the record's fields
  CHECK(found.changes[0].personal);
  CHECK(found.changes[1].before == base::Value("LOW"));
  CHECK_FALSE(found.changes[1].personal);
  CHECK(found.changes[2].after == base::Value(base::format_rfc3339(at(kStart))));
  CHECK(*found.changes[3].before.find("a") == base::Value("b"));
  CHECK(events_of(desk.db(), "incident", id).empty());
}

TEST_CASE("the chain can be recomputed from its description alone") {
  Desk desk;
  file_ticket(*desk.store, desk.ids);
  Reading row(desk.db().prepare("SELECT at, changes, private_values, salt, state_hash, hash, db_user FROM events"));
  REQUIRE(row->step());
  CHECK(row->text(1) == R"({"priority":[null,"MEDIUM"]})");
  CHECK(row->text(2) == R"({"title":[null,"Login fails 1"]})");
  std::string const salt = row->bytes(3);
  auto const digest = [&](std::string const& field, std::string const& value) {
    base::Value::List const what{field, base::Value(), value};
    return base::Value(base::sha256_hex(base::sha256(salt + field) + base::to_json(what)));
  };
  base::Value::Object digests{{"actor", digest("actor", "ops")},
                              {"login", digest("login", "root")},
                              {"reason", digest("reason", "because")},
                              {"title", digest("title", "Login fails 1")}};
  if (std::string const user = row->text(6); !user.empty()) {  // of a file there is none
    digests.insert(digests.begin() + 1, {"db_user", digest("db_user", user)});
  }
  std::int64_t const at_start = (kStart + 1) * 1000;
  base::Value::List const state{"support_tickets", std::int64_t{1},
                                base::Value::Object{{"id", find_ticket_by_number(desk.db(), "T-000001")->id},
                                                    {"ticket_number", "T-000001"},
                                                    {"title", "Login fails 1"},
                                                    {"priority", "MEDIUM"},
                                                    {"status", "OPEN"},
                                                    {"source", "CLI"},
                                                    {"created_at", at_start},
                                                    {"updated_at", at_start},
                                                    {"rev", std::int64_t{1}}}};
  CHECK(base::sha256(base::sha256(salt + "#state") + base::to_json(state)).substr(0, 16) == row->bytes(4));
  base::Value::List const link{std::int64_t{1},
                               row->integer(0),
                               "ticket create",
                               "ticket",
                               std::int64_t{1},
                               std::int64_t{0},
                               "created",
                               std::int64_t{1},
                               "",
                               std::int64_t{0},
                               "",
                               row->text(1),
                               digests,
                               "",
                               base::to_hex(row->bytes(4)),
                               std::string(64, '0')};
  CHECK(base::sha256(base::to_json(link)) == row->bytes(5));
}

TEST_CASE("with a key the chain cannot be made again without it") {
  Desk desk;
  auto const open = [&](std::string const& key) {
    OpenOptions options{desk.path, OpenOptions::Access::write, base::Milliseconds{20'000}};
    options.audit_key = key;
    return open_store(options);
  };
  auto const problems = [&](std::string const& key) {
    std::vector<std::string> found;
    auto const figures = verify_history(desk.db(), {}, key, [&](Flaw const& flaw) {
      found.push_back(flaw.what + " " + flaw.record + ": " + flaw.problem);
    });
    return std::pair(found, figures.keyed_from);
  };
  using Found = std::vector<std::string>;
  file_ticket(*desk.store, desk.ids);
  CHECK(problems("secret").first == Found{"key history: no entry was made with the key of audit_key_command"});
  desk.store = open("secret");
  file_ticket(*desk.store, desk.ids);
  CHECK(problems("secret") == std::pair(Found{}, std::int64_t{2}));
  CHECK(problems("") == std::pair(Found{}, std::int64_t{2}));  // who has no key can still see that there is one
  CHECK(problems("other").first.size() == 2);
  CHECK(problems("other").first[1] == "key event 2: it was made with another key");
  desk.store = open("");
  file_ticket(*desk.store, desk.ids);
  CHECK(problems("secret").first == Found{"key event 3: it was made without the key"});
}

TEST_CASE("time that runs backwards and given times are counted") {
  Desk desk;
  for (std::int64_t const second : {10, 30, 20, 40}) {
    model::Event event = an_event("", "a");
    event.noun = "store";
    event.at = at(kStart + second);
    event.given_time = second == 20;
    append(*desk.store, event, desk.ids);
  }
  auto const figures = verify_history(desk.db(), {}, {}, [](Flaw const&) { FAIL(); });
  CHECK(figures.events == 4);
  CHECK(figures.backwards == 1);
  CHECK(figures.first_backwards == 3);
  CHECK(figures.given_times == 1);
}

TEST_CASE("a ticket's first event keeps no values: they come from the ticket, taken back through its history") {
  Desk desk;
  model::Ticket ticket = a_ticket(desk.ids, 1);
  ticket.requester_id = "zhang.wei";
  ticket.resolved_at = at(kStart + 5);
  WriteTx tx(*desk.store);
  model::Event event = an_event(ticket.id, "a");
  event.first = true;
  append_event(tx, event, insert_ticket(tx, ticket), desk.ids);
  model::Ticket after = ticket;
  after.title = "Other";
  after.requester_id.clear();
  model::Event change = an_event(ticket.id, "a");
  change.changes = {{"title", ticket.title, "Other", true}, {"requester_id", "zhang.wei", {}, true}};
  append_event(tx, change, update_ticket(tx, after, ticket.rev), desk.ids);
  tx.commit();
  CHECK(flaws_of(*desk.store).empty());
  auto const check = [](model::Event const& first) {
    REQUIRE(first.changes.size() == 6);
    CHECK(first.changes[0].field == "title");
    CHECK(first.changes[0].after == base::Value("Login fails 1"));
    CHECK(first.changes[1].after == base::Value("zhang.wei"));
    CHECK(first.changes[5].after == base::Value(base::format_rfc3339(at(kStart + 5))));
  };
  check(events_of(desk.db(), "ticket", ticket.id)[0]);
  std::vector<model::Event> listed;
  list_events(desk.db(), {}, [&](model::Event const& e) { return listed.push_back(e), true; });
  check(listed.at(0));
  {
    WriteTx erase(*desk.store);
    CHECK(erase_values(erase, 2, {"requester_id"}).size() == 1);
    erase.commit();
  }
  CHECK(events_of(desk.db(), "ticket", ticket.id)[0].changes.back().erased);
}

TEST_CASE("events are listed oldest first, in pages") {
  Desk desk;
  std::string const records[] = {a_record(desk, 1), a_record(desk, 2), a_record(desk, 3)};
  for (int i = 0; i < 25; ++i) append(*desk.store, an_event(records[i % 3], i % 2 ? "a" : "b"), desk.ids);
  std::vector<std::int64_t> seqs;
  query::Query query{.limit = 10};
  for (;;) {
    Rest const rest = list_events(desk.db(), query, [&](model::Event const& e) { return seqs.push_back(e.seq), true; });
    if (!rest.truncated) break;
    query.after = rest.next;
  }
  REQUIRE(seqs.size() == 25);
  CHECK(std::is_sorted(seqs.begin(), seqs.end()));
  CHECK(chain_head(desk.db()).seq == 25);
}

TEST_CASE("the record that somebody changed last") {
  Desk desk;
  CHECK(last_record_of(desk.db(), "ticket", "a") == 0);
  append(*desk.store, an_event(a_record(desk, 1), "a"), desk.ids);
  append(*desk.store, an_event(a_record(desk, 2), "b"), desk.ids);
  append(*desk.store, an_event("", "a"), desk.ids);
  CHECK(last_record_of(desk.db(), "ticket", "a") == 1);
  CHECK(last_record_of(desk.db(), "ticket", "b") == 2);
  CHECK(last_record_of(desk.db(), "incident", "b") == 0);
}

TEST_CASE("each event names the one before it about the same record") {
  Desk desk;
  std::string const one = a_record(desk, 1), other = a_record(desk, 2);
  {
    WriteTx tx(*desk.store);  // in one transaction, in turns
    for (std::string const& id : {one, other, one, one, other}) {
      model::Event event = an_event(id, "a");
      append_event(tx, event, {}, desk.ids);
    }
    tx.commit();
  }
  auto const numbers = [&](std::string const& id) {
    std::vector<std::int64_t> out;
    for (auto const& event : events_of(desk.db(), "ticket", id)) out.push_back(event.seq);
    return out;
  };
  CHECK(numbers(one) == std::vector<std::int64_t>{1, 3, 4});
  CHECK(numbers(other) == std::vector<std::int64_t>{2, 5});
  CHECK(last_event_of(desk.db(), "ticket", one) == 4);
  append(*desk.store, an_event(one, "a"), desk.ids);
  CHECK(numbers(one) == std::vector<std::int64_t>{1, 3, 4, 6});
}

TEST_CASE("a person's values can be erased and the chain stays valid") {
  Desk desk;
  model::Ticket const ticket = file_ticket(*desk.store, desk.ids);
  {
    WriteTx tx(*desk.store);
    auto const erased = erase_values(tx, 1, {"title", "actor"});
    model::Event event = an_event(ticket.id, "privacy");
    event.kind = kErased;
    event.changes = {erasure_change(erased)};
    append_event(tx, event, {}, desk.ids);
    tx.commit();
  }
  CHECK(flaws_of(*desk.store).empty());
  auto const row = find_event_row(desk.db(), 1);
  REQUIRE(row);
  CHECK(row->salt.empty());  // with it, the values that are gone could be found by trying
  CHECK(row->private_values.empty());
  auto const events = events_of(desk.db(), "ticket", ticket.id);
  REQUIRE(events.size() == 2);
  REQUIRE(events[0].changes.size() == 2);
  CHECK(events[0].changes[0].erased);
  CHECK(events[0].actor.name.empty());
  CHECK(events[0].actor.login == "root");
  edit_store(desk.path, "UPDATE events SET login = 'other' WHERE seq = 1");
  CHECK_FALSE(flaws_of(*desk.store).empty());
}
