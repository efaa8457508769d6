// SPDX-License-Identifier: Apache-2.0
#include "unit/people/build.hpp"

using namespace umsops;
using namespace umsops::people;
using namespace umsops::tests;

namespace {

base::TimeZone const& berlin() {
  static base::TimeZone const zone = base::TimeZone::load("Europe/Berlin");
  return zone;
}

Schedule in_berlin(RotationType type, std::int64_t length, std::string const& start,
                   std::vector<std::string> people = {"a", "b"}) {
  return {"s", berlin(), {layer(type, length, local(start, berlin()), std::move(people))}, {}};
}

Lines told_in_berlin(Schedule const& schedule, std::string const& from, std::string const& to) {
  return told(schedule, local(from, berlin()), local(to, berlin()));
}

}  // namespace

TEST_CASE("an hourly rotation counts hours, whatever the clocks do") {
  auto const schedule = in_berlin(RotationType::hourly, 8, "2026-03-28 09:00", {"a", "b", "c"});
  CHECK(told_in_berlin(schedule, "2026-03-28 09:00", "2026-03-29 17:00") ==
        Lines{"2026-03-28 09:00 a 2026-03-28 17:00", "2026-03-28 17:00 b 2026-03-29 01:00",
              "2026-03-29 01:00 c 2026-03-29 10:00", "2026-03-29 10:00 a 2026-03-29 18:00"});
}

TEST_CASE("daily and weekly hand-offs stay at their time of day") {
  auto const daily = in_berlin(RotationType::daily, 2, "2026-03-26 09:00");
  CHECK(told_in_berlin(daily, "2026-03-27 12:00", "2026-03-30 12:00") == Lines{"2026-03-26 09:00 a 2026-03-28 09:00",
                                                                               "2026-03-28 09:00 b 2026-03-30 09:00",
                                                                               "2026-03-30 09:00 a 2026-04-01 09:00"});
  auto const weekly = in_berlin(RotationType::weekly, 1, "2026-10-19 09:00");
  auto const found = shifts(weekly, at("2026-10-20T00:00:00Z"), at("2026-10-27T00:00:00Z"));
  REQUIRE(found.size() == 2);
  CHECK(found[0].end == at("2026-10-26T08:00:00Z"));  // summer time ended on the 25th: the week had 169 hours
  CHECK(found[0].end - found[0].begin == std::chrono::hours(169));
  CHECK(found[1].person == "b");
}

TEST_CASE("a hand-off that the clocks skip or repeat") {
  auto const schedule = in_berlin(RotationType::daily, 1, "2026-03-27 02:30");
  // 02:30 is skipped on the 29th: by the offset before, 03:30.
  CHECK(told_in_berlin(schedule, "2026-03-28 12:00", "2026-03-30 12:00") ==
        Lines{"2026-03-28 02:30 b 2026-03-29 03:30", "2026-03-29 03:30 a 2026-03-30 02:30",
              "2026-03-30 02:30 b 2026-03-31 02:30"});
  // It comes twice on October 25th: the first time counts.
  CHECK(who(schedule, at("2026-10-25T00:29:59Z"))->end == at("2026-10-25T00:30:00Z"));
  CHECK(who(schedule, at("2026-10-25T00:30:00Z"))->begin == at("2026-10-25T00:30:00Z"));
}

TEST_CASE("the start itself may be the second reading of a repeated time") {
  Schedule const schedule{"s", berlin(), {layer(RotationType::daily, 1, at("2026-10-25T01:30:00Z"), {"a"})}, {}};
  CHECK(!who(schedule, at("2026-10-25T01:29:59Z")));
  CHECK(who(schedule, at("2026-10-25T01:30:00Z"))->end == at("2026-10-26T01:30:00Z"));
}

TEST_CASE("a monthly rotation steps by the calendar and is clamped to short months") {
  auto const schedule = in_berlin(RotationType::monthly, 1, "2026-01-31 09:00", {"a", "b", "c"});
  CHECK(told_in_berlin(schedule, "2026-02-01", "2026-05-01") ==
        Lines{"2026-01-31 09:00 a 2026-02-28 09:00", "2026-02-28 09:00 b 2026-03-31 09:00",
              "2026-03-31 09:00 c 2026-04-30 09:00", "2026-04-30 09:00 a 2026-05-31 09:00"});
  auto const quarter = in_berlin(RotationType::monthly, 3, "2023-11-30 00:00");
  CHECK(told_in_berlin(quarter, "2024-02-01", "2024-03-01") ==
        Lines{"2023-11-30 00:00 a 2024-02-29 00:00", "2024-02-29 00:00 b 2024-05-30 00:00"});
}

TEST_CASE("a day that a zone left out takes no shift of its own") {
  auto const apia = base::TimeZone::load("Pacific/Apia");  // had no 30 December 2011
  Schedule const schedule{
      "s", apia, {layer(RotationType::daily, 1, local("2011-12-28 10:00", apia), {"a", "b", "c", "d"})}, {}};
  CHECK(told(schedule, local("2011-12-28 10:00", apia), local("2012-01-01 10:00", apia)) ==
        Lines{"2011-12-28 10:00 a 2011-12-29 10:00", "2011-12-29 10:00 b 2011-12-31 10:00",
              "2011-12-31 10:00 d 2012-01-01 10:00"});
}

TEST_CASE("before its start a rotation has nobody") {
  auto const schedule = in_berlin(RotationType::weekly, 1, "2026-11-02 09:00");
  CHECK(!who(schedule, local("2026-11-02 08:59", berlin())));
  CHECK(who(schedule, local("2026-11-02 09:00", berlin()))->person == "a");
  CHECK(shifts(schedule, at("2026-11-05T00:00:00Z"), at("2026-11-05T00:00:00Z")).empty());
}

TEST_CASE("windows open a layer for hours of the week") {
  auto schedule = in_berlin(RotationType::weekly, 1, "2026-11-02 00:00");
  schedule.layers[0].windows = {{0b0011111, 9 * 60, 18 * 60}};
  CHECK(told_in_berlin(schedule, "2026-11-06 12:00", "2026-11-09 12:00") ==
        Lines{"2026-11-06 09:00 a 2026-11-06 18:00", "2026-11-09 09:00 b 2026-11-09 18:00"});
  SECTION("also past midnight, and joined where they meet") {
    schedule.layers[0].windows = {{0b0100000, 22 * 60, 6 * 60}, {0b1000000, 6 * 60, 8 * 60}};
    CHECK(told_in_berlin(schedule, "2026-11-02", "2026-11-09") == Lines{"2026-11-07 22:00 a 2026-11-08 08:00"});
  }
  SECTION("a window of a whole day, cut at the hand-off") {
    schedule.layers[0].start = local("2026-11-01 12:00", berlin());
    schedule.layers[0].windows = {{0b1111111, 0, 1440}};
    CHECK(told_in_berlin(schedule, "2026-11-08", "2026-11-09") ==
          Lines{"2026-11-01 12:00 a 2026-11-08 12:00", "2026-11-08 12:00 b 2026-11-15 12:00"});
  }
  SECTION("the hours of the night on which the clocks change") {
    schedule.layers[0].windows = {{0b1000000, 0, 4 * 60}};
    auto const spring = shifts(schedule, at("2027-03-28T00:00:00Z"), at("2027-03-28T12:00:00Z"));
    REQUIRE(spring.size() == 1);
    CHECK(spring[0].end - spring[0].begin == std::chrono::hours(3));
  }
}

TEST_CASE("a higher layer wins where it has somebody, an override wins over all") {
  auto schedule = in_berlin(RotationType::weekly, 1, "2026-11-02 09:00", {"a"});
  schedule.layers.push_back(layer(RotationType::daily, 1, local("2026-11-07 00:00", berlin()), {"x", "y"}));
  schedule.layers[1].name = "weekend";
  schedule.layers[1].windows = {{0b1100000, 0, 1440}};
  CHECK(told_in_berlin(schedule, "2026-11-06", "2026-11-10") ==
        Lines{"2026-11-02 09:00 a 2026-11-07 00:00", "2026-11-07 00:00 x 2026-11-08 00:00",
              "2026-11-08 00:00 y 2026-11-09 00:00", "2026-11-09 00:00 a 2026-11-09 09:00",
              "2026-11-09 09:00 a 2026-11-14 00:00"});
  schedule.overrides = {{local("2026-11-06 12:00", berlin()), local("2026-11-07 12:00", berlin()), "o"},
                        {local("2026-11-07 10:00", berlin()), local("2026-11-07 11:00", berlin()), "p"}};
  CHECK(told_in_berlin(schedule, "2026-11-06", "2026-11-08") ==
        Lines{"2026-11-02 09:00 a 2026-11-06 12:00", "2026-11-06 12:00 o 2026-11-07 10:00",
              "2026-11-07 10:00 p 2026-11-07 11:00", "2026-11-07 11:00 o 2026-11-07 12:00",
              "2026-11-07 12:00 x 2026-11-08 00:00"});
  auto const shift = who(schedule, local("2026-11-07 10:30", berlin()));
  REQUIRE(shift);
  CHECK(*shift == Shift{local("2026-11-07 10:00", berlin()), local("2026-11-07 11:00", berlin()), "p", "", true});
  CHECK(who(schedule, local("2026-11-07 13:00", berlin()))->layer == "weekend");
}

TEST_CASE("a shift is the same from wherever it is looked at") {
  auto schedule = in_berlin(RotationType::monthly, 1, "2026-01-15 09:00", {"a", "b"});
  schedule.layers.push_back(layer(RotationType::weekly, 1, local("2026-01-03 00:00", berlin()), {"x"}));
  schedule.layers[1].windows = {{0b1100000, 0, 1440}};
  auto const wide = shifts(schedule, at("2026-01-01T00:00:00Z"), at("2026-12-31T00:00:00Z"));
  for (auto const& shift : wide) {
    CHECK(who(schedule, shift.begin) == shift);
    CHECK(who(schedule, shift.end - base::Milliseconds(1)) == shift);
  }
}
