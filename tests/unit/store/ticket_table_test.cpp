// SPDX-License-Identifier: Apache-2.0
#include "fixture.hpp"
#include "store/keys.hpp"
#include "store/record_row.hpp"
#include "store/responses.hpp"

using namespace umsops;
using namespace umsops::store;

namespace {

model::Ticket full_ticket(base::IdSource& ids) {
  model::Ticket t = a_ticket(ids, 1);
  t.title = "登录失败 \"quoted\" 'single' %_\\";
  t.description = "line one\nline two\t中文 🔐";
  t.requester_id = "zhang.wei";
  t.assignee_id = "li.na";
  t.category = "authentication";
  t.subcategory = "password";
  t.priority = model::Priority::critical;
  t.status = model::TicketStatus::closed;
  t.source = model::Source::monitor;
  t.updated_at = t.created_at + base::Milliseconds{123};
  t.resolved_at = t.created_at + base::Milliseconds{60'000};
  t.closed_at = t.created_at + base::Milliseconds{120'001};
  t.sla_deadline = t.created_at + base::Milliseconds{14'400'000};
  t.response_time_minutes = 3;
  t.resolution_time_minutes = 4'000'000'000;
  t.key = "ci-42";
  t.attributes = {{"env", "prod"}, {"host", "idp-1"}};
  t.classification.rules_version = "abc";
  t.classification.decisions = {
      {"priority", "CRITICAL", "caller", "LOW", "r1", "", 0, {}, "HIGH", 0.25, "low-probability"}};
  t.rev = 7;
  return t;
}

/// Stores a ticket that brings these, with its first event.
void bring(Desk& desk, WriteTx& tx, model::Ticket const& ticket, NewRecord const& brings) {
  model::Event event;
  event.noun = "ticket";
  event.record_id = ticket.id;
  event.first = true;
  append_event(tx, event, insert_ticket(tx, ticket, brings), desk.ids);
}

std::string store_again(Store& store, model::Ticket const& ticket) {
  auto const stored = find_ticket_by_id(store.connection(), ticket.id);
  WriteTx tx(store);
  std::string hash = update_ticket(tx, ticket, stored ? stored->rev : 0);
  tx.commit();
  return hash;
}

}  // namespace

TEST_CASE("every field of a ticket comes back as it went in") {
  Desk desk;
  for (model::Ticket const& ticket : {full_ticket(desk.ids), a_ticket(desk.ids, 2)}) {
    WriteTx tx(*desk.store);
    insert_ticket(tx, ticket);
    tx.commit();
    auto const found = find_ticket_by_id(desk.db(), ticket.id);
    REQUIRE(found);
    auto const fields = model::ticket_type().fields;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      INFO(fields[i].name);
      CHECK(model::get(*found, i) == model::get(ticket, i));
    }
    REQUIRE(find_ticket_by_number(desk.db(), ticket.ticket_number));
    CHECK(find_ticket_by_number(desk.db(), ticket.ticket_number)->id == ticket.id);
  }
  CHECK_FALSE(find_ticket_by_id(desk.db(), "none"));
  CHECK_FALSE(find_ticket_by_number(desk.db(), "T-9"));
}

TEST_CASE("an update changes what it says and keeps the rest") {
  Desk desk;
  model::Ticket ticket = file_ticket(*desk.store, desk.ids);
  std::string const before = store_again(*desk.store, ticket);
  CHECK(store_again(*desk.store, ticket) == before);
  ticket.title = "Other";
  ticket.assignee_id = "li.na";
  ticket.status = model::TicketStatus::assigned;
  ++ticket.rev;
  CHECK(store_again(*desk.store, ticket) != before);
  auto found = find_ticket_by_id(desk.db(), ticket.id);
  REQUIRE(found);
  CHECK(model::to_row(*found) == model::to_row(ticket));
  ticket.assignee_id.clear();
  store_again(*desk.store, ticket);
  CHECK(find_ticket_by_id(desk.db(), ticket.id)->assignee_id.empty());
  model::Ticket const stranger = a_ticket(desk.ids, 9);
  CHECK(error_of([&] { store_again(*desk.store, stranger); }) == "ticket.not_found");
}

TEST_CASE("numbers follow from places, and an imported greater one lifts them") {
  Desk desk;
  auto const file = [&](std::int64_t own) {
    WriteTx tx(*desk.store);
    model::Ticket const ticket = a_ticket(desk.ids, own);
    bring(desk, tx, ticket, {.own_number = own});
    tx.commit();
    return ticket.ticket_number;
  };
  CHECK(file_ticket(*desk.store, desk.ids).ticket_number == "T-000001");
  CHECK(file(40) == "T-000040");
  CHECK(file(7) == "T-000007");
  CHECK(file(7) == "T-000007");  // its place is taken, so it has place 41, and no new ticket gets that number
  CHECK(file_ticket(*desk.store, desk.ids).ticket_number == "T-000042");
  for (char const* number : {"T-000001", "T-000040", "T-000007", "T-000042"}) {
    auto const found = find_ticket_by_number(desk.db(), number);
    REQUIRE(found);
    CHECK(found->ticket_number == number);
    CHECK(find_ticket_by_id(desk.db(), found->id));
  }
  CHECK_FALSE(find_ticket_by_number(desk.db(), "T-000041"));
  CHECK(desk.db().number("SELECT count(*) FROM support_tickets WHERE brought = 1") == 1);
  CHECK(flaws_of(*desk.store).empty());
}

TEST_CASE("in a crowd of one time each ticket is found by an index") {
  Desk desk;
  std::vector<std::string> ids;
  {
    WriteTx tx(*desk.store);
    for (int i = 1; i <= 20; ++i) {
      model::Ticket ticket = a_ticket(desk.ids, 1);
      ticket.ticket_number = number_of(i);
      ids.push_back(ticket.id);
      bring(desk, tx, ticket, {.in_crowd = true});
    }
    tx.commit();
  }
  CHECK(desk.db().number("SELECT count(*) FROM support_tickets WHERE brought = 1") == 19);
  for (auto const& id : ids) CHECK(find_ticket_by_id(desk.db(), id)->id == id);
  CHECK(flaws_of(*desk.store).empty());
}

TEST_CASE("a ticket whose id is not of its time is found all the same") {
  Desk desk;
  model::Ticket ticket = a_ticket(desk.ids, 1);
  for (std::string const& id : {std::string("stranger"), desk.ids.next_id(at(kStart + 99))}) {
    ticket.id = id;
    file_ticket(*desk.store, desk.ids, ticket);
    REQUIRE(find_ticket_by_id(desk.db(), id));
    CHECK(find_tickets_by_prefix(desk.db(), id.substr(0, 6), 5).size() == 1);
  }
  CHECK(flaws_of(*desk.store).empty());
}

TEST_CASE("tickets are found by the beginning of number or id") {
  Desk desk;
  std::vector<model::Ticket> filed;
  for (int i = 0; i < 12; ++i) filed.push_back(file_ticket(*desk.store, desk.ids, a_ticket(desk.ids, i)));
  auto const found = find_tickets_by_prefix(desk.db(), "T-00001", 10);
  REQUIRE(found.size() == 3);
  CHECK(found[0].ticket_number == "T-000012");
  CHECK(found[2].ticket_number == "T-000010");
  CHECK(find_tickets_by_prefix(desk.db(), filed[4].id, 10).size() == 1);
  CHECK(find_tickets_by_prefix(desk.db(), "T-", 5).size() == 5);
  CHECK(find_tickets_by_prefix(desk.db(), "T-%", 5).empty());
  CHECK(find_tickets_by_prefix(desk.db(), "x", 5).empty());
}

TEST_CASE("recent titles of a requester") {
  Desk desk;
  for (int i = 0; i < 6; ++i) {
    auto ticket = a_ticket(desk.ids, i * 100);
    if (i % 2 == 0) ticket.requester_id = "zhang.wei";
    file_ticket(*desk.store, desk.ids, ticket);
  }
  auto const titles = recent_titles(desk.db(), "zhang.wei", at(kStart + 100), 10);
  REQUIRE(titles.size() == 2);
  CHECK(titles[0].title == "Login fails 400");
  CHECK(titles[0].status == model::TicketStatus::open);
  CHECK(recent_titles(desk.db(), "zhang.wei", at(kStart), 1).size() == 1);
  CHECK(recent_titles(desk.db(), "", at(0), 10).empty());
}

TEST_CASE("responses belong to the state of their ticket") {
  Desk desk;
  model::Ticket const ticket = file_ticket(*desk.store, desk.ids);
  for (int i = 0; i < 3; ++i) {
    WriteTx tx(*desk.store);
    model::Response const response{desk.ids.next_id(at(kStart)),
                                   ticket.id,
                                   i == 0 ? "" : "li.na",
                                   "回复 " + std::to_string(i),
                                   "EXTERNAL",
                                   i == 1,
                                   at(kStart + i)};
    insert_response(tx, response);
    model::Event event;
    event.at = at(kStart + i);
    event.actor = {"li.na", "root", "ticket reply"};
    event.noun = "ticket";
    event.record_id = ticket.id;
    event.kind = "replied";
    append_event(tx, event, {}, desk.ids);
    tx.commit();
  }
  auto const responses = responses_of(desk.db(), ticket.id);
  REQUIRE(responses.size() == 3);
  CHECK(responses[0].responder_id.empty());
  CHECK(responses[1].content == "回复 1");
  CHECK(responses[1].is_private);
  CHECK_FALSE(responses[2].is_private);
  CHECK(responses[2].created_at == at(kStart + 2));
  CHECK(flaws_of(*desk.store).empty());
}

TEST_CASE("keys and messages are stored with their cause") {
  Desk desk;
  model::Ticket const ticket = file_ticket(*desk.store, desk.ids);
  {
    WriteTx tx(*desk.store);
    insert_key(tx, "reply", "ci-42", model::ref_of(ticket), content_hash("said"));
    insert_outbox(tx, {"ticket.confirmation", "ticket", ticket.id, "zhang.wei", base::Value::Object{{"title", "x"}}},
                  desk.ids.next_id(at(kStart)), at(kStart));
    model::Event event;
    event.noun = "ticket";
    event.record_id = ticket.id;
    append_event(tx, event, {}, desk.ids);
    tx.commit();
  }
  auto const key = find_key(desk.db(), "reply", "ci-42");
  REQUIRE(key);
  CHECK(ticket_at(desk.db(), key->record)->id == ticket.id);
  CHECK(key->content_hash == content_hash("said"));
  CHECK(key->content_hash.size() == 32);
  CHECK_FALSE(find_key(desk.db(), "mail", "ci-42"));
  CHECK_FALSE(find_key(desk.db(), "ticket", "ci-42"));
  CHECK(figures(*desk.store).outbox_waiting == 1);
  WriteTx tx(*desk.store);
  CHECK_FALSE(error_of([&] {
                insert_key(tx, "reply", "ci-42", model::ref_of(ticket), content_hash("other"));
                tx.commit();
              }).empty());
}

TEST_CASE("the key that a ticket was made with is its own") {
  Desk desk;
  auto const file = [&](char const* key, std::string const& content) {
    WriteTx tx(*desk.store);
    model::Ticket ticket = a_ticket(desk.ids, 1);
    ticket.key = key;
    bring(desk, tx, ticket, {.key_content = content});
    tx.commit();
    return ticket.id;
  };
  std::string const id = file("ci-1", content_hash("said"));
  file("ci-2", {});
  CHECK(ticket_at(desk.db(), find_key(desk.db(), "ticket", "ci-1")->record)->id == id);
  CHECK(find_key(desk.db(), "ticket", "ci-1")->content_hash == content_hash("said"));
  CHECK(find_key(desk.db(), "ticket", "ci-2")->content_hash.empty());
  CHECK_FALSE(find_key(desk.db(), "ticket", "ci-3"));
  CHECK_FALSE(error_of([&] { file("ci-1", {}); }).empty());
  CHECK(flaws_of(*desk.store).empty());
  edit_store(desk.path, "UPDATE support_tickets SET key_content = NULL");
  CHECK(flaws_of(*desk.store).size() == 1);
}

TEST_CASE("a row that is no ticket is damage") {
  Desk desk;
  model::Ticket const ticket = file_ticket(*desk.store, desk.ids);
  edit_store(desk.path, "UPDATE support_tickets SET status = 'SLEEPING'");
  CHECK(error_of([&] { find_ticket_by_id(desk.db(), ticket.id); }) == "store.damaged");
  edit_store(desk.path, "UPDATE support_tickets SET status = 'OPEN', attributes = '{'");
  CHECK(error_of([&] { find_ticket_by_id(desk.db(), ticket.id); }) == "store.damaged");
}
