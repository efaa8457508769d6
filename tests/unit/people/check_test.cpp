// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/error.hpp"
#include "unit/people/build.hpp"

using namespace umsops;
using namespace umsops::people;
using namespace umsops::tests;

namespace {

Person somebody(std::string name) {
  Person out;
  out.name = std::move(name);
  return out;
}

/// Each as `KIND schedule begin..end person other`, hours of 2026-11-23 and after, UTC.
Lines found(Roster const& roster, std::string const& from, std::string const& to) {
  Lines out;
  for (auto const& f : check(roster, at(from), at(to))) {
    out.push_back(std::string(to_string(f.kind)) + " " + f.schedule + " " + base::format_rfc3339(f.begin).substr(8, 8) +
                  ".." + base::format_rfc3339(f.end).substr(8, 8) + " " + f.person + " " + f.other);
  }
  return out;
}

Roster small() {
  Roster roster;
  roster.people = {somebody("a"), somebody("b")};
  roster.schedules = {{"first", {}, {layer(RotationType::daily, 1, at("2026-11-23T09:00:00Z"), {"a", "b"})}, {}}};
  return roster;
}

}  // namespace

TEST_CASE("a sound roster has no findings") {
  CHECK(check(small(), at("2026-11-23T09:00:00Z"), at("2026-12-23T09:00:00Z")).empty());
}

TEST_CASE("gaps are clipped to what was looked at") {
  auto roster = small();
  CHECK(found(roster, "2026-11-23T06:00:00Z", "2026-11-24T00:00:00Z") == Lines{"GAP first 23T06:00..23T09:00  "});
  roster.schedules[0].layers[0].windows = {{0b1111111, 540, 1080}};
  CHECK(found(roster, "2026-11-23T12:00:00Z", "2026-11-24T20:00:00Z") ==
        Lines{"GAP first 23T18:00..24T09:00  ", "GAP first 24T18:00..24T20:00  "});
}

TEST_CASE("outside of the hours to be covered nobody has to be on call") {
  auto roster = small();
  roster.schedules[0].layers[0].windows = {{0b1111111, 540, 1080}};
  roster.schedules[0].cover = {{0b0011111, 480, 1080}, {0b0011111, 1380, 60}};  // Monday to Friday, over midnight too
  CHECK(found(roster, "2026-11-23T00:00:00Z", "2026-11-24T09:00:00Z") ==
        Lines{"GAP first 23T08:00..23T09:00  ", "GAP first 23T23:00..24T01:00  ", "GAP first 24T08:00..24T09:00  "});
  CHECK(found(roster, "2026-11-28T00:00:00Z", "2026-11-30T08:00:00Z") == Lines{"GAP first 28T00:00..28T01:00  "});
  roster.schedules[0].cover = {{0b1111111, 600, 1020}};
  CHECK(found(roster, "2026-11-24T00:00:00Z", "2026-12-24T00:00:00Z").empty());
}

TEST_CASE("one person in two schedules at once") {
  auto roster = small();
  roster.schedules.push_back(
      {"second", {}, {layer(RotationType::daily, 1, at("2026-11-23T21:00:00Z"), {"b", "a"})}, {}});
  CHECK(found(roster, "2026-11-24T00:00:00Z", "2026-11-25T09:00:00Z") ==
        Lines{"DOUBLE_BOOKING first 24T09:00..24T21:00 b second"});
}

TEST_CASE("two overrides at once") {
  auto roster = small();
  roster.schedules[0].overrides = {{at("2026-11-24T00:00:00Z"), at("2026-11-24T06:00:00Z"), "a"},
                                   {at("2026-11-24T05:00:00Z"), at("2026-11-24T07:00:00Z"), "b"}};
  CHECK(found(roster, "2026-11-23T09:00:00Z", "2026-11-25T09:00:00Z") ==
        Lines{"DOUBLE_BOOKING first 24T05:00..24T06:00 a b"});
}

TEST_CASE("who is not in the roster, and who is absent") {
  auto roster = small();
  roster.schedules[0].layers[0].participants = {"a", "ghost"};
  roster.people[0].absences = {{at("2026-11-23T20:00:00Z"), at("2026-11-26T00:00:00Z"), "leave"}};
  CHECK(found(roster, "2026-11-23T09:00:00Z", "2026-11-25T12:00:00Z") ==
        Lines{"ABSENT first 23T20:00..24T09:00 a leave", "UNKNOWN_PERSON first 24T09:00..25T09:00 ghost ",
              "ABSENT first 25T09:00..25T12:00 a leave"});
}

TEST_CASE("findings that follow on each other are one") {
  auto roster = small();
  roster.schedules[0].layers[0].participants = {"ghost"};
  CHECK(found(roster, "2026-11-24T00:00:00Z", "2026-11-29T00:00:00Z") ==
        Lines{"UNKNOWN_PERSON first 24T00:00..29T00:00 ghost "});
}

TEST_CASE("names are looked up, and the nearest is told") {
  auto const roster = small();
  CHECK(roster.require_person("a").name == "a");
  CHECK(roster.team("x") == nullptr);
  try {
    roster.require_schedule("frist");
    FAIL("found");
  } catch (base::Error const& error) {
    CHECK(&error.code() == &base::errors::people_unknown);
    CHECK(error.message() == "the roster has no schedule frist");
    CHECK(error.hint() == "did you mean first?");
  }
}
