// SPDX-License-Identifier: Apache-2.0
#include "umsops/people/assignment.hpp"
#include "umsops/base/error.hpp"
#include "unit/people/build.hpp"

using namespace umsops;
using namespace umsops::people;
using namespace umsops::tests;

namespace {

auto const kNow = at("2026-11-23T09:30:00Z");

Person somebody(std::string name, std::vector<std::pair<std::string, int>> skills,
                std::optional<std::int64_t> capacity = {}) {
  Person out;
  out.name = std::move(name);
  out.skills = std::move(skills);
  out.capacity = capacity;
  return out;
}

Roster small() {
  Roster roster;
  roster.people = {somebody("a", {{"vpn", 5}}), somebody("b", {{"vpn", 4}, {"mfa", 2}}),
                   somebody("c", {{"mfa", 5}}, 4)};
  return roster;
}

/// `name score` of each; of who cannot be picked the reason.
Lines ranked(Pool const& pool, Demand const& demand, Standing const& standing = {}) {
  Lines out;
  for (auto const& c : rank(pool, demand, standing, kNow)) {
    out.push_back(c.person + " " +
                  (c.obstacle == Obstacle::none ? std::to_string(c.score) : std::string(to_string(c.obstacle))));
  }
  return out;
}

Pool everybody(Roster const& roster, Strategy strategy = Strategy::skill) {
  auto pool = pool_for(roster, "", "");
  pool.strategy = strategy;
  return pool;
}

}  // namespace

TEST_CASE("skill is the level of what the ticket asks for") {
  auto const roster = small();
  auto const pool = everybody(roster);
  CHECK(ranked(pool, {"vpn", "", ""}) == Lines{"a 1.000000", "b 0.800000", "c UNSKILLED"});
  CHECK(ranked(pool, {"vpn", "mfa", ""}) == Lines{"a 1.000000", "c 1.000000", "b 0.800000"});
  CHECK(ranked(pool, {"vpn", "", "mfa"}) == Lines{"c 1.000000", "b 0.400000", "a UNSKILLED"});
  CHECK(ranked(pool, {"", "", ""}) == Lines{"a 1.000000", "b 1.000000", "c 1.000000"});
  CHECK(ranked(pool, {"printer", "", ""}) == Lines{"a 1.000000", "b 1.000000", "c 1.000000"});  // nobody has it
  CHECK(ranked(pool, {"", "", "printer"}) == Lines{"a UNSKILLED", "b UNSKILLED", "c UNSKILLED"});
}

TEST_CASE("load is open tickets over capacity") {
  auto const roster = small();
  auto const pool = everybody(roster);
  CHECK(ranked(pool, {"vpn", "", ""}, {{{"a", 5}}, {}, ""}) == Lines{"b 0.800000", "a 0.666667", "c UNSKILLED"});
  CHECK(ranked(pool, {"mfa", "", ""}, {{{"c", 2}}, {}, ""}) == Lines{"c 0.666667", "b 0.400000", "a UNSKILLED"});
  CHECK(ranked(pool, {"mfa", "", ""}, {{{"c", 4}}, {}, ""}) == Lines{"b 0.400000", "a UNSKILLED", "c FULL"});
  CHECK(ranked(pool, {"vpn", "", ""}, {{{"a", 1000}}, {}, ""}) == Lines{"b 0.800000", "a 0.009901", "c UNSKILLED"});
}

TEST_CASE("who is on call counts four times as much") {
  auto roster = small();
  roster.schedules = {{"s", {}, {layer(RotationType::daily, 1, at("2026-11-23T09:00:00Z"), {"b"})}, {}}};
  CHECK(ranked(everybody(roster), {"vpn", "", ""}) == Lines{"b 0.800000", "a 0.250000", "c UNSKILLED"});
  auto const all = rank(everybody(roster), {"vpn", "", ""}, {}, kNow);
  CHECK(all[0].on_shift);
  CHECK(all[0].level == 4);
  CHECK(all[0].skill_name == "vpn");
  CHECK(all[1].shift == 0.25);
}

TEST_CASE("absent people are passed over") {
  auto roster = small();
  roster.people[0].absences = {{at("2026-11-23T00:00:00Z"), at("2026-11-24T00:00:00Z"), "leave"}};
  CHECK(ranked(everybody(roster), {"vpn", "", ""}) == Lines{"b 0.800000", "a ABSENT", "c UNSKILLED"});
}

TEST_CASE("of equals the one who waited longest, then by name") {
  Roster roster;
  roster.people = {somebody("c", {}), somebody("b", {}), somebody("a", {})};
  auto const pool = everybody(roster);
  CHECK(ranked(pool, {}) == Lines{"a 1.000000", "b 1.000000", "c 1.000000"});
  Standing const standing{{}, {{"a", kNow}, {"c", kNow - std::chrono::hours(1)}}, ""};
  CHECK(ranked(pool, {}, standing) == Lines{"b 1.000000", "c 1.000000", "a 1.000000"});
}

TEST_CASE("least loaded does not ask for skill, unless by hand") {
  auto const roster = small();
  auto const pool = everybody(roster, Strategy::least_loaded);
  CHECK(ranked(pool, {"vpn", "", ""}, {{{"a", 2}, {"b", 1}}, {}, ""}) ==
        Lines{"c 1.000000", "b 0.909091", "a 0.833333"});
  CHECK(ranked(pool, {"vpn", "", "mfa"}) == Lines{"c 1.000000", "b 0.400000", "a UNSKILLED"});
}

TEST_CASE("round robin goes on behind the last one") {
  auto roster = small();
  auto const pool = everybody(roster, Strategy::round_robin);
  auto const first = [&](std::string const& last) {
    return rank(pool, {"vpn", "", ""}, {{{"a", 9}}, {}, last}, kNow)[0].person;
  };
  CHECK(first("") == "a");
  CHECK(first("a") == "b");
  CHECK(first("b") == "c");
  CHECK(first("c") == "a");
  CHECK(first("gone") == "a");
  CHECK(rank(pool, {}, {{{"c", 4}}, {}, "b"}, kNow)[0].person == "a");  // c is full
  roster.people[2].absences = {{kNow, kNow + std::chrono::hours(1), ""}};
  CHECK(first("b") == "a");
  roster.schedules = {{"s", {}, {layer(RotationType::daily, 1, at("2026-11-23T09:00:00Z"), {"b"})}, {}}};
  CHECK(rank(everybody(roster, Strategy::round_robin), {}, {{}, {}, "b"}, kNow)[0].person ==
        "b");  // nobody else is on shift
}

TEST_CASE("a pool is the team named, the team that serves the category, or everybody") {
  auto roster = small();
  roster.teams = {{"net", {"b", "a"}, Strategy::round_robin, {"vpn"}, false, Lines{"night"}},
                  {"id", {"c"}, Strategy::skill, {"mfa"}, false, {}}};
  roster.schedules = {{"day", {}, {}, {}}, {"night", {}, {}, {}}};
  auto const net = pool_for(roster, "", "vpn");
  CHECK(net.name == "team:net");
  CHECK(net.strategy == Strategy::round_robin);
  REQUIRE(net.members.size() == 2);
  CHECK(net.members[0]->name == "b");
  REQUIRE(net.schedules.size() == 1);
  CHECK(net.schedules[0]->name == "night");
  CHECK(pool_for(roster, "id", "vpn").name == "team:id");
  CHECK(pool_for(roster, "id", "vpn").schedules.size() == 2);
  roster.teams[1].schedules = Lines{};
  CHECK(pool_for(roster, "id", "").schedules.empty());
  CHECK(rank(pool_for(roster, "id", ""), {}, {}, kNow)[0].on_shift);
  CHECK(pool_for(roster, "", "printer").name == "everybody");
  CHECK(pool_for(roster, "", "").members.size() == 3);
  CHECK_THROWS_AS(pool_for(roster, "nte", ""), base::Error);
}

TEST_CASE("the same question has the same answer") {
  Roster roster;
  for (int i = 0; i < 40; ++i) roster.people.push_back(somebody("p" + std::to_string(i), {{"vpn", 1 + i % 5}}));
  Standing standing;
  for (int i = 0; i < 40; ++i) standing.open.emplace_back("p" + std::to_string(i), i % 7);
  auto const pool = everybody(roster);
  auto const once = ranked(pool, {"vpn", "", ""}, standing);
  std::reverse(roster.people.begin(), roster.people.end());
  CHECK(ranked(everybody(roster), {"vpn", "", ""}, standing) == once);
}

TEST_CASE("what nobody has a skill for goes to the default team, and asks nobody for one") {
  auto roster = small();
  roster.teams = {{"id", {"c"}, Strategy::skill, {"mfa"}, false, {}},
                  {"desk", {"a", "b"}, Strategy::skill, {}, true, {}}};
  CHECK(pool_for(roster, "", "mfa").name == "team:id");
  auto const pool = pool_for(roster, "", "other");
  CHECK(pool.name == "team:desk");
  Demand demand;
  demand.category = "other";
  auto const found = rank(pool, demand, {}, kNow);
  REQUIRE(found.size() == 2);
  CHECK(found[0].obstacle == Obstacle::none);
  CHECK(found[0].skill == 1);
  demand.skill = "other";  // asked for by hand
  CHECK(rank(pool, demand, {}, kNow)[0].obstacle == Obstacle::unskilled);
}
