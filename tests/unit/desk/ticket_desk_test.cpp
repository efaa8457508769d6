// SPDX-License-Identifier: Apache-2.0
#include <sys/wait.h>
#include <catch2/catch.hpp>

#include "unit/desk/fixture.hpp"

using namespace umsops;
using desk::Result;
using tests::code_of;
using tests::DeskFixture;

namespace {

std::size_t field(char const* name) { return model::ticket_type().require(name); }

desk::Sets set(char const* name, base::Value value) { return {{field(name), std::move(value)}}; }
const desk::ChangeOptions kWhy{"why", {}, false};

}  // namespace

TEST_CASE("a ticket is filed, classified and remembered") {
  DeskFixture f;
  auto const filed = f.file("无法登录，紧急");
  CHECK(filed.result == Result::created);
  CHECK(filed.ticket.ticket_number == "T-000001");
  CHECK(filed.ticket.priority == model::Priority::critical);
  CHECK(filed.ticket.classification.find("priority")->rule == "urgent");
  CHECK(filed.ticket.classification.find("priority")->words == std::vector<std::string>{"紧急"});
  CHECK(f.file("something else").ticket.priority == model::Priority::low);
  auto const shown = f.tickets().show("t-1");
  REQUIRE(shown.history.size() == 1);
  CHECK(shown.history[0].kind == "created");
  CHECK(shown.history[0].rules_version == filed.ticket.classification.rules_version);
  CHECK(f.desk.store().status().outbox_waiting == 2);
  CHECK(f.flaws() == 0);
}

TEST_CASE("what the caller says beats every rule, and the suggestion stays") {
  DeskFixture f;
  desk::NewTicket wanted;
  wanted.title = "vpn urgent";
  wanted.priority = model::Priority::low;
  wanted.category = "other";
  wanted.assignee_id = "li.na";
  wanted.attributes = {{"team", "mine"}};
  auto const t = f.tickets().create(wanted, {}).ticket;
  CHECK(t.priority == model::Priority::low);
  CHECK(t.category == "other");
  CHECK(t.status == model::TicketStatus::assigned);
  CHECK(t.attributes == decltype(t.attributes){{"team", "mine"}});
  CHECK(t.classification.find("priority")->origin == "caller");
  CHECK(t.classification.find("priority")->suggested == "CRITICAL");
}

TEST_CASE("a key files once, whatever happens") {
  DeskFixture f;
  CHECK(f.file("nightly failed", "ci", "k").result == Result::created);
  CHECK(f.file("nightly failed", "ci", "k").result == Result::existing);
  CHECK(code_of([&] { f.file("other words", "ci", "k"); }) == "ticket.key_content");
  desk::NewTicket again;
  again.title = "failed again";
  again.key = "k";
  CHECK(code_of([&] {
          f.tickets().create(again, {false, desk::OnDuplicate::fail, false, ""});
        }) == "ticket.key_exists");
  CHECK(f.tickets().create(again, {false, desk::OnDuplicate::comment, false, ""}).result == Result::updated);
  CHECK(f.tickets().create(again, {false, desk::OnDuplicate::reopen, false, ""}).result == Result::existing);
  auto const shown = f.tickets().show("T-1");
  REQUIRE(shown.responses.size() == 1);
  CHECK(shown.responses[0].is_private);
  CHECK(f.tickets().count({}) == 1);
  CHECK(f.flaws() == 0);
}

TEST_CASE("racers on one key from several processes file one ticket") {
  DeskFixture f;
  std::vector<pid_t> children;
  for (int i = 0; i < 8; ++i) {
    pid_t const child = fork();
    if (child == 0) {
      base::RandomIds random;
      auto options = f.options("desk.db");
      options.ids = &random;
      int status = 1;
      try {
        desk::Desk mine(options);
        desk::NewTicket wanted;
        wanted.title = "the same";
        wanted.key = "race";
        status = mine.tickets().create(wanted, {}).ticket.ticket_number == "T-000001" ? 0 : 2;
      } catch (std::exception const&) {
      }
      _exit(status);
    }
    children.push_back(child);
  }
  for (pid_t const child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    CHECK(WEXITSTATUS(status) == 0);
  }
  CHECK(f.tickets().count({}) == 1);
  CHECK(f.flaws() == 0);
}

TEST_CASE("likely duplicates are named, and refused on request") {
  DeskFixture f;
  f.file("VPN 证书过期，连不上");
  auto const second = f.file("VPN证书过期连不上了");
  REQUIRE(second.duplicates.size() == 1);
  CHECK(second.duplicates[0].ticket_number == "T-000001");
  CHECK(f.file("VPN 证书过期，连不上", "somebody.else").duplicates.empty());
  desk::NewTicket wanted;
  wanted.title = "VPN 证书过期，连不上";
  wanted.requester_id = "zhang.wei";
  CHECK(code_of([&] { f.tickets().create(wanted, {false, {}, true, ""}); }) == "ticket.duplicate");
  CHECK(f.tickets().count({}) == 3);
}

TEST_CASE("dry runs change nothing") {
  DeskFixture f;
  desk::NewTicket wanted;
  wanted.title = "x";
  auto const preview = f.tickets().create(wanted, {true, {}, false, ""});
  CHECK(preview.dry_run);
  CHECK(preview.ticket.ticket_number == "T-000001");
  CHECK(!std::filesystem::exists(f.folder.file("desk.db")));
  f.file("first");
  CHECK(f.tickets().create(wanted, {true, {}, false, ""}).ticket.ticket_number == "T-000002");
  CHECK(f.tickets().update({"T-1"}, set("priority", "HIGH"), {"", {}, true}, desk::Batch::atomic)[0].done->result ==
        Result::updated);
  CHECK(f.tickets().show("T-1").ticket.rev == 1);
  CHECK(f.tickets().count({}) == 1);
}

TEST_CASE("changes: once, by revision, by allowed fields") {
  DeskFixture f;
  f.file("first");
  CHECK(f.tickets().update({"T-1"}, set("priority", "HIGH"), kWhy, desk::Batch::atomic)[0].done->ticket.rev == 2);
  CHECK(f.tickets().update({"T-1"}, set("priority", "HIGH"), kWhy, desk::Batch::atomic)[0].done->result ==
        Result::unchanged);
  CHECK(code_of([&] {
          f.tickets().update({"T-1"}, set("priority", "LOW"), {"", 1, false}, desk::Batch::atomic);
        }) == "ticket.stale");
  CHECK(code_of([&] { f.tickets().update({"T-1"}, set("status", "CLOSED"), kWhy, desk::Batch::atomic); }) ==
        "field.not_writable");
  CHECK(code_of([&] { f.tickets().update({"T-1"}, set("title", std::string(201, 'x')), kWhy, desk::Batch::atomic); }) ==
        "record.invalid");
  auto const shown = f.tickets().show("T-1");
  CHECK(shown.ticket.classification.find("priority")->origin == "caller");
  CHECK(shown.history.back().reason == "why");
  CHECK(shown.history.size() == 2);
}

TEST_CASE("a batch is all or nothing, or each for itself") {
  DeskFixture f;
  f.file("one");
  f.file("two");
  CHECK(code_of([&] {
          f.tickets().update({"T-1", "T-9", "T-2"}, set("category", "a"), kWhy, desk::Batch::atomic);
        }) == "ticket.not_found");
  CHECK(f.tickets().show("T-1").ticket.rev == 1);
  auto const outcomes = f.tickets().update({"T-1", "T-9", "T-2", "T-1"}, set("category", "a"), kWhy, desk::Batch::each);
  REQUIRE(outcomes.size() == 3);
  CHECK(outcomes[0].done);
  CHECK(outcomes[1].failed);
  CHECK(outcomes[2].done);
  CHECK(f.flaws() == 0);
}

TEST_CASE("assigning moves by the transition table") {
  DeskFixture f;
  f.file("one");
  auto const given = f.tickets().assign({"T-1"}, desk::Hand::give, {"li.na"}, {}, desk::Batch::atomic)[0].done->ticket;
  CHECK(given.status == model::TicketStatus::assigned);
  CHECK(f.tickets().assign({"T-1"}, desk::Hand::give, {"li.na"}, {}, desk::Batch::atomic)[0].done->result ==
        Result::unchanged);
  CHECK(f.tickets().assign({"T-1"}, desk::Hand::release, {}, {}, desk::Batch::atomic)[0].done->ticket.status ==
        model::TicketStatus::open);
}

TEST_CASE("ids as people give them") {
  DeskFixture f;
  f.file("one");
  f.file("two");
  auto const id = f.tickets().show("T-2").ticket.id;
  CHECK(f.tickets().show("@last").ticket.ticket_number == "T-000002");
  CHECK(f.tickets().show(id).ticket.ticket_number == "T-000002");
  CHECK(f.tickets().show(id.substr(0, 20)).ticket.ticket_number == "T-000002");
  CHECK(code_of([&] { f.tickets().show("T-0000"); }) == "ticket.ambiguous");
  for (auto const* bad : {"T-3", "", "zzzz", "T-1'; --", "@first"})
    CHECK(code_of([&] { f.tickets().show(bad); }) == "ticket.not_found");
}

TEST_CASE("an absent desk reads as empty; a named one must exist") {
  DeskFixture f;
  CHECK(f.tickets().list({}, [](auto const&) { return true; }).count == 0);
  CHECK(code_of([&] { f.tickets().show("T-1"); }) == "ticket.not_found");
  auto options = f.options("other.db");
  options.may_create = false;
  desk::Desk named(options);
  CHECK(code_of([&] { named.tickets().list({}, [](auto const&) { return true; }); }) == "store.absent");
  CHECK(code_of([&] {
          desk::NewTicket w;
          w.title = "x";
          named.tickets().create(w, {});
        }) == "store.absent");
}
