// SPDX-License-Identifier: Apache-2.0
// The life of a ticket through the desk, with its due times.
#include <catch2/catch.hpp>

#include "fixture.hpp"

using namespace umsops;
using namespace umsops::tests;
using desk::Batch;
using desk::Result;
using model::SlaStatus;
using model::TicketStatus;

namespace {

using Minutes = std::chrono::minutes;

struct Life : DeskFixture {
  model::Ticket one(std::vector<desk::ItemOutcome> outcomes) { return outcomes.at(0).done.value().ticket; }
  model::Ticket reply(std::string text, desk::Side side = desk::Side::staff) {
    desk::Reply reply;
    reply.text = std::move(text);
    reply.side = side;
    return one(tickets().reply({"T-1"}, reply, {}, Batch::atomic));
  }
  model::Ticket resolve(std::string id = "T-1") {
    return one(tickets().resolve({id}, {"done", "", false, false}, {}, Batch::atomic));
  }
  model::Ticket now() { return tickets().show("T-1").ticket; }
};

base::TimePoint time(char const* text) { return *base::parse_rfc3339(text); }

}  // namespace

// 2026-11-23 is a Monday; the built-in HIGH policy: 30 minutes and 8 hours of Monday to Friday, 9 to 18.
TEST_CASE("due times follow the life of a ticket") {
  Life f;
  desk::NewTicket wanted;
  wanted.title = "no access";
  wanted.requester_id = "zhang.wei";
  wanted.priority = model::Priority::high;
  auto const filed = f.tickets().create(wanted, {}).ticket;
  CHECK(filed.sla_policy == "high");
  CHECK(filed.response_due_at == time("2026-11-23T10:00:00Z"));
  CHECK(filed.resolution_due_at == time("2026-11-23T17:30:00Z"));
  CHECK(filed.sla_deadline == filed.response_due_at);
  CHECK(filed.sla == SlaStatus::on_track);
  f.clock.go(Minutes(25));
  CHECK(f.now().sla == SlaStatus::at_risk);
  auto const answered = f.reply("on it");
  CHECK(answered.status == TicketStatus::in_progress);
  CHECK(answered.response_working_minutes == 25);
  CHECK(answered.sla_deadline == time("2026-11-23T17:30:00Z"));
  CHECK(answered.sla == SlaStatus::on_track);
  f.clock.set("2026-11-23T17:00:00Z");
  auto const waiting = f.one(f.tickets().pend({"T-1"}, {}, {}, Batch::atomic));
  CHECK(waiting.sla == SlaStatus::paused);
  CHECK_FALSE(waiting.resolution_due_at);
  f.clock.set("2026-11-24T11:00:00Z");  // an hour of yesterday and two of today went by
  auto const again = f.reply("here is the screenshot", desk::Side::requester);
  CHECK(again.status == TicketStatus::in_progress);
  CHECK(again.resolution_due_at == time("2026-11-24T11:30:00Z"));
  f.clock.set("2026-11-24T11:31:00Z");
  CHECK(f.now().sla == SlaStatus::resolution_breached);
  auto const done = f.resolve();
  CHECK(done.sla == SlaStatus::resolution_breached);
  CHECK(done.resolution_working_minutes == 8 * 60 + 1);
  CHECK(done.next_action_at == time("2026-12-01T11:31:00Z"));
  auto const reopened = f.one(f.tickets().reopen({"T-1"}, {}, {}, Batch::atomic));
  CHECK(reopened.sla == SlaStatus::on_track);  // a new generation
  CHECK(reopened.reopen_count == 1);
  CHECK(f.flaws() == 0);
}

TEST_CASE("a raise of the priority keeps the pause and takes another policy") {
  Life f;
  f.file("printer");
  CHECK(f.now().sla_policy == "low");
  f.one(f.tickets().pend({"T-1"}, {}, {}, Batch::atomic));
  f.clock.go(Minutes(120));
  f.tickets().update({"T-1"}, {{model::ticket_type().require("priority"), "HIGH"}}, {}, Batch::atomic);
  CHECK(f.now().sla_policy == "high");
  f.clock.go(Minutes(60));
  auto const woken = f.one(f.tickets().wake({"T-1"}, {}, Batch::atomic));
  CHECK(woken.status == TicketStatus::open);
  CHECK(woken.response_due_at == time("2026-11-23T13:00:00Z"));  // 9:30, half an hour, three hours of waiting
  CHECK(f.tickets().history("T-1").back().kind == "woken");
}

TEST_CASE("parents wait for children, and what is blocked for what blocks it") {
  Life f;
  for (auto const* title : {"directory down", "no sign-in", "no mail"}) f.file(title);
  f.tickets().link({"T-2", "T-3"}, {model::LinkKind::child_of, "T-1", false}, {}, Batch::atomic);
  CHECK(code_of([&] { f.resolve(); }) == "ticket.children");
  CHECK(code_of([&] {
          f.tickets().link({"T-1"}, {model::LinkKind::child_of, "T-3", false}, {}, Batch::atomic);
        }) == "ticket.link_cycle");
  CHECK(code_of([&] {
          f.tickets().link({"T-1"}, {model::LinkKind::blocked_by, "T-1", false}, {}, Batch::atomic);
        }) == "ticket.link_self");
  CHECK(f.tickets().link({"T-2"}, {model::LinkKind::child_of, "T-1", false}, {}, Batch::atomic)[0].done->result ==
        Result::unchanged);
  f.tickets().resolve({"T-1"}, {"directory is back", "", true, false}, {}, Batch::atomic);
  for (auto const* id : {"T-1", "T-2", "T-3"}) CHECK(f.tickets().show(id).ticket.resolution == "directory is back");
  f.tickets().close({"T-1"}, {}, {}, Batch::atomic);
  CHECK(f.tickets().show("T-2").ticket.status == TicketStatus::resolved);
  f.file("blocked");
  f.file("blocker");
  f.tickets().link({"T-4"}, {model::LinkKind::blocked_by, "T-5", false}, {}, Batch::atomic);
  CHECK(code_of([&] { f.resolve("T-4"); }) == "ticket.blocked");
  auto const links = f.tickets().show("T-5").links;
  REQUIRE(links.size() == 1);
  CHECK(links[0].kind == "blocks");
  CHECK(links[0].other == "T-000004");
  f.tickets().link({"T-4"}, {model::LinkKind::blocked_by, "T-5", true}, {}, Batch::atomic);
  CHECK(f.resolve("T-4").status == TicketStatus::resolved);
  CHECK(f.flaws() == 0);
}

TEST_CASE("merging takes along what is still to be done") {
  Life f;
  f.file("kept");
  f.file("merged", "li.lei");
  for (auto const* title : {"its child", "waits for it", "it waits for", "its parent"}) f.file(title);
  auto const link = [&](char const* from, model::LinkKind kind, char const* to) {
    f.tickets().link({from}, {kind, to, false}, {}, Batch::atomic);
  };
  link("T-3", model::LinkKind::child_of, "T-2");
  link("T-4", model::LinkKind::blocked_by, "T-2");
  link("T-2", model::LinkKind::blocked_by, "T-5");
  link("T-2", model::LinkKind::child_of, "T-6");
  link("T-1", model::LinkKind::child_of, "T-2");  // would be to itself
  CHECK(f.one(f.tickets().merge({"T-2"}, "T-1", {}, Batch::atomic)).status == TicketStatus::closed);
  std::vector<std::string> kinds;
  for (auto const& shown : f.tickets().show("T-1").links) kinds.push_back(shown.kind + " " + shown.other);
  CHECK(kinds == std::vector<std::string>{"blocked-by T-000005", "blocks T-000004", "child-of T-000006",
                                          "duplicated-by T-000002", "parent-of T-000003"});
  CHECK(f.tickets().show("T-2").links.size() == 1);
  CHECK(code_of([&] { f.resolve("T-4"); }) == "ticket.blocked");
  // What is merged into it later goes to where it went.
  f.file("late");
  f.tickets().merge({"T-7"}, "T-2", {}, Batch::atomic);
  CHECK(f.tickets().show("T-7").links[0].other == "T-000001");
  CHECK(f.flaws() == 0);
}

TEST_CASE("a reason that no import would take back is refused") {
  Life f;
  desk::ChangeOptions options;
  options.reason = std::string(1001, 'x');
  f.file("x");
  CHECK(code_of([&] {
          f.tickets().assign({"T-1"}, desk::Hand::give, {"li.na", {}}, options, Batch::atomic);
        }) == "record.invalid");
  options.reason.pop_back();
  f.tickets().assign({"T-1"}, desk::Hand::give, {"li.na", {}}, options, Batch::atomic);
  CHECK(f.flaws() == 0);
}

TEST_CASE("merging takes the talk along") {
  Life f;
  f.file("vpn is down");
  f.file("VPN 连不上", "li.lei");
  desk::Reply reply;
  reply.text = "also from home";
  reply.side = desk::Side::requester;
  reply.responder = "li.lei";
  f.tickets().reply({"T-2"}, reply, {}, Batch::atomic);
  auto const merged = f.one(f.tickets().merge({"T-2"}, "T-1", {}, Batch::atomic));
  CHECK(merged.status == TicketStatus::closed);
  CHECK(merged.resolution == "merged into T-000001");
  auto const file = f.tickets().show("T-1");
  REQUIRE(file.responses.size() == 2);
  CHECK(file.responses[0].content == "T-000002: VPN 连不上");
  CHECK(file.responses[1].responder_id == "li.lei");
  CHECK(f.tickets().merge({"T-2"}, "T-1", {}, Batch::atomic)[0].done->result == Result::unchanged);
  CHECK(f.flaws() == 0);
}

TEST_CASE("claims are won once") {
  Life f;
  f.file("x");
  CHECK(f.one(f.tickets().assign({"T-1"}, desk::Hand::claim, {}, {}, Batch::atomic)).assignee_id == "li.na");
  f.tickets().assign({"T-1"}, desk::Hand::give, {"wang.fang"}, {}, Batch::atomic);
  CHECK(code_of([&] { f.tickets().assign({"T-1"}, desk::Hand::claim, {}, {}, Batch::atomic); }) == "ticket.claimed");
  CHECK(f.one(f.tickets().assign({"T-1"}, desk::Hand::steal, {}, {}, Batch::atomic)).assignee_id == "li.na");
}

TEST_CASE("a reply is stored once for its key") {
  Life f;
  f.file("x");
  desk::Reply reply;
  reply.text = "restarting";
  reply.key = "job-7";
  CHECK(f.tickets().reply({"T-1"}, reply, {}, Batch::atomic)[0].done->result == Result::updated);
  CHECK(f.tickets().reply({"T-1"}, reply, {}, Batch::atomic)[0].done->result == Result::unchanged);
  reply.text = "other";
  CHECK(code_of([&] { f.tickets().reply({"T-1"}, reply, {}, Batch::atomic); }) == "ticket.key_content");
  CHECK(f.tickets().show("T-1").responses.size() == 1);
  reply.text = " ";
  reply.key = "";
  CHECK(code_of([&] { f.tickets().reply({"T-1"}, reply, {}, Batch::atomic); }) == "record.invalid");
}

TEST_CASE("what was closed too long ago goes on as a new ticket") {
  Life f;
  f.file("badge");
  f.resolve();
  f.tickets().close({"T-1"}, {}, {}, Batch::atomic);
  f.clock.go(std::chrono::hours(24 * 15));
  CHECK(code_of([&] { f.tickets().reopen({"T-1"}, {}, {}, Batch::atomic); }) == "ticket.reopen_window");
  auto const next = f.tickets().reopen({"T-1"}, {true}, {}, Batch::atomic)[0].done.value();
  CHECK(next.result == Result::created);
  CHECK(next.ticket.ticket_number == "T-000002");
  CHECK(f.tickets().show("T-2").links.at(0).other == "T-000001");
}

TEST_CASE("tick does what is due, in order and once") {
  Life f;
  f.desk.tick().run({}, [](auto const&) { FAIL("there was nothing to do"); });
  desk::NewTicket wanted;
  wanted.title = "sign-in is down";
  wanted.priority =
      model::Priority::critical;  // 24x7: due after four hours; LEVEL_1, an hour later LEVEL_2, then LEVEL_3
  f.tickets().create(wanted, {});
  f.file("mouse");
  f.tickets().pend({"T-2"}, {f.clock.now() + Minutes(60), model::WakeUp::close}, {}, Batch::atomic);
  f.file("keyboard");
  f.resolve("T-3");
  std::vector<std::string> seen;
  auto const note = [&](desk::TickItem const& item) {
    REQUIRE_FALSE(item.failed);
    seen.push_back(item.ticket_number.substr(7) + " " + item.what + (item.late ? " late" : ""));
  };
  desk::TickOptions ahead;
  ahead.dry_run = true;
  ahead.until = f.clock.now() + std::chrono::hours(24 * 8);
  f.desk.tick().run(ahead, note);
  std::vector<std::string> const expected{"2 CLOSE", "1 resolution:+0", "1 resolution:+1h", "1 resolution:+2h",
                                          "3 CLOSED"};
  CHECK(seen == expected);
  CHECK(f.now().escalation_level == std::nullopt);
  seen.clear();
  f.clock.go(std::chrono::hours(5) + Minutes(1));
  f.desk.tick().run({}, note);
  CHECK(seen == std::vector<std::string>{"2 CLOSE late", "1 resolution:+0 late", "1 resolution:+1h"});
  CHECK(f.now().escalation_level == model::Level::level_2);
  CHECK(f.now().status == TicketStatus::escalated);
  CHECK(f.tickets().show("T-1").escalations.size() == 2);
  CHECK(f.tickets().show("T-2").ticket.status == TicketStatus::closed);
  seen.clear();
  f.desk.tick().run({}, note);
  CHECK(seen.empty());
  f.clock.go(std::chrono::hours(24 * 9));
  f.desk.tick().run({}, note);
  CHECK(seen == std::vector<std::string>{"1 resolution:+2h late", "3 CLOSED late"});
  CHECK(f.flaws() == 0);
}

TEST_CASE("a reopened ticket has its ladder before it again") {
  Life f;
  desk::NewTicket wanted;
  wanted.title = "sign-in is down";
  wanted.priority = model::Priority::critical;
  f.tickets().create(wanted, {});
  f.clock.go(std::chrono::hours(5));
  int steps = 0;
  auto const count = [&](desk::TickItem const&) { ++steps; };
  f.desk.tick().run({}, count);
  CHECK(steps == 2);
  f.resolve();
  f.clock.go(std::chrono::hours(10));
  f.tickets().reopen({"T-1"}, {}, {}, Batch::atomic);
  f.desk.tick().run({}, count);
  CHECK(steps == 2);
  f.clock.go(std::chrono::hours(4));
  f.desk.tick().run({}, count);
  CHECK(steps == 3);
  CHECK(f.tickets().show("T-1").escalations.size() == 3);  // at the level that was reached before
}
