// SPDX-License-Identifier: Apache-2.0
#include "fixture.hpp"
#include "store/chain.hpp"
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

void append(Store& store, model::Event event, base::IdSource& ids) {
  WriteTx tx(store);
  append_event(tx, event, "", ids);
  tx.commit();
}

}  // namespace

TEST_CASE("an event comes back with its changes") {
  Desk desk;
  model::Event event = an_event("r1", "zhang.wei");
  event.rev = 3;
  event.reason = "原因";
  event.rules_version = "abc";
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
  CHECK(event.previous_hash == kNoHash);
  auto const events = events_of(desk.db(), "ticket", "r1");
  REQUIRE(events.size() == 1);
  model::Event const& found = events[0];
  CHECK(found.hash == event.hash);
  CHECK(found.actor.name == "zhang.wei");
  CHECK(found.actor.login == "root");
  CHECK(found.actor.command == "ticket note");
  CHECK(found.rev == 3);
  CHECK(found.reason == "原因");
  CHECK(found.rules_version == "abc");
  REQUIRE(found.changes.size() == 4);
  CHECK(found.changes[0].after == base::Value("登录"));  // in the order of the record's fields
  CHECK(found.changes[0].personal);
  CHECK(found.changes[1].before == base::Value("LOW"));
  CHECK_FALSE(found.changes[1].personal);
  CHECK(found.changes[2].after == base::Value(base::format_rfc3339(at(kStart))));
  CHECK(*found.changes[3].before.find("a") == base::Value("b"));
  CHECK(events_of(desk.db(), "incident", "r1").empty());
}

TEST_CASE("the chain can be recomputed from its description alone") {
  Desk desk;
  file_ticket(*desk.store, desk.ids);
  Reading row(desk.db().prepare("SELECT at, record_id, changes, private_values, salt, state_hash, hash FROM events"));
  REQUIRE(row->step());
  CHECK(row->text(2) == R"({"priority":[null,"MEDIUM"]})");
  CHECK(row->text(3) == R"({"title":[null,"Login fails 1"]})");
  auto const digest = [&](std::string const& field, std::string const& value) {
    base::Value::List const what{field, base::Value(), value};
    return base::Value(base::sha256_hex(base::sha256_hex(row->text(4) + field) + base::to_json(what)));
  };
  base::Value::Object const digests{{"actor", digest("actor", "ops")},
                                    {"login", digest("login", "root")},
                                    {"reason", digest("reason", "because")},
                                    {"title", digest("title", "Login fails 1")}};
  base::Value::List const link{std::int64_t{1}, row->integer(0), "ticket create", "ticket",
                               row->text(1),    "created",       std::int64_t{1}, "",
                               row->text(2),    digests,         row->text(5),    std::string(64, '0')};
  CHECK(base::sha256_hex(base::to_json(link)) == row->text(6));
}

TEST_CASE("a ticket's first event keeps no values: they come from the ticket, taken back through its history") {
  Desk desk;
  model::Ticket ticket = a_ticket(desk.ids, 1);
  ticket.requester_id = "zhang.wei";
  ticket.resolved_at = at(kStart + 5);
  WriteTx tx(*desk.store);
  model::Event event = an_event(ticket.id, "a");
  event.first = true;
  append_event(tx, event, insert_ticket(tx, ticket, desk.ids.next_salt()), desk.ids);
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
  edit_store(desk.path,
             "UPDATE events SET private_values = '{\"title\":[\"Login fails 1\",\"Other\"]}', digests = "
             "'{\"requester_id\":{\"digest\":\"x\"}}' WHERE seq = 2");
  CHECK(events_of(desk.db(), "ticket", ticket.id)[0].changes.back().erased);
}

TEST_CASE("events are listed oldest first, in pages") {
  Desk desk;
  for (int i = 0; i < 25; ++i) append(*desk.store, an_event("r" + std::to_string(i % 3), i % 2 ? "a" : "b"), desk.ids);
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
  CHECK_FALSE(last_record_of(desk.db(), "ticket", "a"));
  append(*desk.store, an_event("r1", "a"), desk.ids);
  append(*desk.store, an_event("r2", "b"), desk.ids);
  append(*desk.store, an_event("", "a"), desk.ids);
  CHECK(last_record_of(desk.db(), "ticket", "a") == "r1");
  CHECK(last_record_of(desk.db(), "ticket", "b") == "r2");
  CHECK_FALSE(last_record_of(desk.db(), "incident", "b"));
}

TEST_CASE("a person's values can be erased and the chain stays valid") {
  Desk desk;
  file_ticket(*desk.store, desk.ids);
  Reading row(desk.db().prepare("SELECT salt FROM events"));
  REQUIRE(row->step());
  std::string const salt = row->text(0);
  row->reset();
  auto const own = [&](std::string const& field) { return base::sha256_hex(salt + field); };
  auto const digest = [&](std::string const& field, std::string const& value) {
    return base::sha256_hex(own(field) + base::to_json(base::Value::List{field, {}, value}));
  };
  // The title and the actor go; what stays keeps a salt of its own, and the one that would open the rest is gone.
  base::Value::Object const digests{{"actor", base::Value::Object{{"digest", digest("actor", "ops")}}},
                                    {"login", base::Value::Object{{"salt", own("login")}}},
                                    {"reason", base::Value::Object{{"salt", own("reason")}}},
                                    {"title", base::Value::Object{{"digest", digest("title", "Login fails 1")}}}};
  edit_store(desk.path, "UPDATE events SET private_values = NULL, actor = NULL, salt = NULL, digests = '" +
                            base::to_json(digests) + "'");
  CHECK(flaws_of(*desk.store).empty());
  auto const events = events_of(desk.db(), "ticket", find_ticket_by_number(desk.db(), "T-000001")->id);
  REQUIRE(events.size() == 1);
  REQUIRE(events[0].changes.size() == 2);
  CHECK(events[0].changes[0].erased);
  CHECK(events[0].actor.name.empty());
  CHECK(events[0].actor.login == "root");
  edit_store(desk.path, "UPDATE events SET login = 'other'");
  CHECK_FALSE(flaws_of(*desk.store).empty());
}
