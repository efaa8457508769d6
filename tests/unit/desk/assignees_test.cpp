// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "fixture.hpp"

using namespace umsops;
using namespace umsops::tests;
using desk::Batch;
using desk::Hand;
using desk::Result;
using people::Strategy;

namespace {

people::Person somebody(std::string name, std::vector<std::pair<std::string, int>> skills,
                        std::optional<std::int64_t> capacity = {}) {
  people::Person out;
  out.name = std::move(name);
  out.skills = std::move(skills);
  out.capacity = capacity;
  return out;
}

people::Roster small_roster() {
  people::Roster roster;
  roster.people = {somebody("li.na", {{"network-access", 5}}, 3), somebody("wang.fang", {{"network-access", 4}}),
                   somebody("zhao.min", {{"mfa", 5}})};
  roster.teams = {{"net", {"li.na", "wang.fang"}, Strategy::skill, {"network-access"}, {}},
                  {"turns", {"zhao.min", "li.na", "wang.fang"}, Strategy::round_robin, {}, {}}};
  people::Layer layer;
  layer.name = "base";
  layer.type = people::RotationType::daily;
  layer.start = *base::parse_rfc3339("2026-11-23T09:00:00Z");
  layer.participants = {"li.na", "zhao.min"};
  roster.schedules = {{"primary", {}, {layer}, {}}, {"empty", {}, {}, {}}};
  return roster;
}

struct Assigning : DeskFixture {
  explicit Assigning(people::Roster roster = small_roster()) {
    auto o = options("desk.db");
    o.load_roster = [roster = std::move(roster)] { return roster; };
    desk = desk::Desk(std::move(o));
  }
  desk::TicketResult give(std::string id, std::string target, std::optional<Strategy> strategy = {},
                          bool dry_run = false) {
    desk::ChangeOptions options;
    options.dry_run = dry_run;
    return tickets()
        .assign({std::move(id)}, Hand::give, {std::move(target), strategy}, options, Batch::atomic)
        .at(0)
        .done.value();
  }
  std::string given(std::string id, std::string target, std::optional<Strategy> strategy = {}) {
    return give(std::move(id), std::move(target), strategy).ticket.assignee_id;
  }
};

}  // namespace

TEST_CASE("names are those of the roster, when there is one") {
  Assigning f;
  f.file("one");
  CHECK(f.given("T-1", "wang.fang") == "wang.fang");
  CHECK(f.given("T-1", "me") == "li.na");
  CHECK(code_of([&] { f.give("T-1", "wang.fnag"); }) == "people.unknown");
  CHECK(code_of([&] { f.give("T-1", "team:nte"); }) == "people.unknown");
  CHECK(code_of([&] { f.give("T-1", "oncall:primray"); }) == "people.unknown");
  CHECK(f.tickets().show("T-1").ticket.rev == 3);
  auto const assignee = *model::ticket_type().find("assignee_id");
  CHECK(code_of([&] { f.tickets().update({"T-1"}, {{assignee, "ghost"}}, {}, Batch::atomic); }) == "people.unknown");
  desk::NewTicket wanted;
  wanted.title = "two";
  wanted.assignee_id = "ghost";
  CHECK(code_of([&] { f.tickets().create(wanted, {}); }) == "people.unknown");
  wanted.assignee_id = "wang.fang";
  CHECK(f.tickets().create(wanted, {}).ticket.assignee_id == "wang.fang");
  DeskFixture without;
  without.file("one");
  CHECK(without.tickets().assign({"T-1"}, Hand::give, {"anybody"}, {}, Batch::atomic)[0].done->ticket.assignee_id ==
        "anybody");
  for (auto const* const target : {"auto", "team:net", "oncall:primary"}) {
    CHECK(code_of([&] { without.tickets().assign({"T-1"}, Hand::give, {target}, {}, Batch::atomic); }) ==
          "people.no_roster");
  }
}

TEST_CASE("whoever is on call, unless nobody is or they are absent") {
  auto roster = small_roster();
  Assigning f(roster);
  f.file("one");
  CHECK(f.given("T-1", "oncall:primary") == "li.na");
  CHECK(code_of([&] { f.give("T-1", "oncall:empty"); }) == "people.off_call");
  f.clock.go(std::chrono::hours(24));
  CHECK(f.given("T-1", "oncall:primary") == "zhao.min");
  roster.people[0].absences = {{f.clock.now(), f.clock.now() + std::chrono::hours(72), "leave"}};
  Assigning absent(roster);
  absent.file("one");
  absent.clock.go(std::chrono::hours(48));
  CHECK(code_of([&] { absent.give("T-1", "oncall:primary"); }) == "people.absent");
}

TEST_CASE("the team that serves the category, by skill, load and shift") {
  Assigning f;
  for (int i = 0; i < 6; ++i) f.file("vpn does not connect");
  auto const first = f.give("T-1", "auto");
  CHECK(first.ticket.assignee_id == "li.na");
  REQUIRE(first.candidates.size() == 2);
  CHECK(first.candidates[0].score == 1);
  CHECK(first.candidates[0].open == 0);
  // Asked again, it stays where it is, and is no load of its own.
  auto const again = f.give("T-1", "auto");
  CHECK(again.result == Result::unchanged);
  CHECK(again.candidates[0].open == 0);
  CHECK(f.given("T-2", "auto") == "li.na");
  CHECK(f.given("T-3", "auto") == "li.na");
  auto const full = f.give("T-4", "auto");
  CHECK(full.ticket.assignee_id == "wang.fang");
  CHECK(full.candidates[1].obstacle == people::Obstacle::full);
  CHECK(full.candidates[1].open == 3);
  // A finished ticket is no load.
  f.tickets().resolve({"T-1"}, {"done", "", false, false}, {}, Batch::atomic);
  CHECK(f.given("T-5", "team:net") == "li.na");
  CHECK(f.flaws() == 0);
}

TEST_CASE("a batch counts what it gave itself") {
  Assigning f;
  for (int i = 0; i < 4; ++i) f.file("vpn does not connect");
  auto const outcomes = f.tickets().assign({"T-1", "T-2", "T-3", "T-4"}, Hand::give, {"auto"}, {}, Batch::atomic);
  std::string given;
  for (auto const& outcome : outcomes) given += outcome.done.value().ticket.assignee_id + " ";
  CHECK(given == "li.na li.na li.na wang.fang ");
}

TEST_CASE("round robin goes on where it stopped, and only for what was stored") {
  Assigning f;
  for (int i = 0; i < 6; ++i) f.file("one");
  // Only li.na is on shift: she comes first, until she is full.
  CHECK(f.given("T-1", "team:turns") == "li.na");
  CHECK(f.given("T-2", "team:turns") == "li.na");
  CHECK(f.given("T-3", "team:turns") == "li.na");
  CHECK(f.give("T-4", "team:turns", {}, true).ticket.assignee_id == "wang.fang");
  CHECK(f.given("T-4", "team:turns") == "wang.fang");
  CHECK(f.given("T-5", "team:turns") == "zhao.min");
  CHECK(f.given("T-6", "team:turns") == "wang.fang");
  CHECK(f.flaws() == 0);
}

TEST_CASE("a strategy may be named; then skill is not asked for") {
  Assigning f;
  f.file("printer on fire");
  f.file("vpn does not connect");
  f.file("vpn again");
  CHECK(f.given("T-1", "auto", Strategy::least_loaded) == "li.na");  // no category: everybody; who is on shift counts
  CHECK(code_of([&] { f.give("T-2", "team:nowhere", Strategy::least_loaded); }) == "people.unknown");
  CHECK(f.given("T-2", "team:net", Strategy::round_robin) == "li.na");
  auto const attributes = *model::ticket_type().find("attributes");
  f.tickets().update({"T-3"}, {{attributes, base::Value::Object{{"skill", "mfa"}}}}, {}, Batch::atomic);
  CHECK(code_of([&] { f.give("T-3", "auto"); }) == "people.nobody");
  f.tickets().update({"T-3"}, {{*model::ticket_type().find("category"), base::Value()}}, {}, Batch::atomic);
  CHECK(f.given("T-3", "auto") == "zhao.min");
}

TEST_CASE("an escalation resolves its new assignee likewise") {
  Assigning f;
  f.file("vpn does not connect");
  desk::Escalate up;
  up.to = "team:net";
  CHECK(f.tickets().escalate({"T-1"}, up, {}, Batch::atomic).at(0).done->ticket.assignee_id == "li.na");
  up.to = "oncall:empty";
  CHECK(code_of([&] { f.tickets().escalate({"T-1"}, up, {}, Batch::atomic); }) == "people.off_call");
}
