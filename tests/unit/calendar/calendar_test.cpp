// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/base/error.hpp"
#include "unit/calendar/builders.hpp"

using namespace umsops::calendar;
using namespace std::chrono_literals;
using umsops::base::Error;

namespace {

std::string refused(CalendarSource source) {
  try {
    Calendar::make(std::move(source));
  } catch (Error const& error) {
    CHECK(error.code().code == "calendar.invalid");
    return error.message();
  }
  return "";
}

}  // namespace

TEST_CASE("working time is counted inside the windows only", "[calendar]") {
  Calendar const c = weekdays("UTC", {{9 * 60, 12 * 60}, {13 * 60 + 30, 18 * 60}});
  // 2026-11-23 is a Monday.
  CHECK(working_between(c, at("2026-11-23T00:00:00Z"), at("2026-11-24T00:00:00Z")) == 7h + 30min);
  CHECK(working_between(c, at("2026-11-23T11:30:00Z"), at("2026-11-23T14:00:00Z")) == 1h);
  CHECK(working_between(c, at("2026-11-23T12:00:00Z"), at("2026-11-23T13:30:00Z")) == 0h);
  CHECK(working_between(c, at("2026-11-27T17:00:00Z"), at("2026-11-30T10:00:00Z")) == 2h);
  CHECK(working_between(c, at("2026-11-23T10:00:00.250Z"), at("2026-11-23T10:00:01Z")) == 750ms);
  CHECK(working_between(c, at("2026-11-23T10:00:00Z"), at("2026-11-23T10:00:00Z")) == 0h);
  CHECK(working_between(c, at("2026-11-23T11:00:00Z"), at("2026-11-23T10:00:00Z")) == 0h);
}

TEST_CASE("an amount that is used up at closing time is over then, not the next morning", "[calendar]") {
  Calendar const c = weekdays("UTC", {{9 * 60, 17 * 60}});
  CHECK(advance(c, at("2026-11-23T09:00:00Z"), 8h) == at("2026-11-23T17:00:00Z"));
  CHECK(advance(c, at("2026-11-23T17:00:00Z"), 1ms) == at("2026-11-24T09:00:00.001Z"));
  CHECK(advance(c, at("2026-11-23T20:00:00Z"), 0h) == at("2026-11-23T20:00:00Z"));
  CHECK(advance(c, at("2026-11-27T16:00:00Z"), 2h) == at("2026-11-30T10:00:00Z"));
}

TEST_CASE("going back is going forward the other way", "[calendar]") {
  Calendar const c = weekdays("UTC", {{9 * 60, 17 * 60}});
  CHECK(retreat(c, at("2026-11-23T17:00:00Z"), 8h) == at("2026-11-23T09:00:00Z"));
  CHECK(retreat(c, at("2026-11-24T09:00:00Z"), 1h) == at("2026-11-23T16:00:00Z"));
  CHECK(retreat(c, at("2026-11-23T03:00:00Z"), 1h) == at("2026-11-20T16:00:00Z"));
  CHECK(retreat(c, at("2026-11-23T20:00:00Z"), 0h) == at("2026-11-23T20:00:00Z"));
  CHECK(retreat(Calendar(), at("2026-11-23T20:00:00Z"), 25h) == at("2026-11-22T19:00:00Z"));
}

TEST_CASE("around the clock every instant counts", "[calendar]") {
  Calendar const c;
  CHECK(c.always());
  CHECK(c.name() == "24x7");
  CHECK(working_between(c, at("2026-11-21T00:00:00Z"), at("2026-11-23T00:00:00Z")) == 48h);
  CHECK(advance(c, at("2026-11-21T00:00:00Z"), 90min) == at("2026-11-21T01:30:00Z"));
  CHECK(segments(c, at("2026-11-21T00:00:00Z"), at("2026-11-23T00:00:00Z")).size() == 1);
}

TEST_CASE("a holiday has no working time, a make-up Saturday has", "[calendar]") {
  Calendar const c = weekdays("Asia/Shanghai", {{9 * 60, 18 * 60}},
                              {{day(2026, 2, 16), false, "春节", {}}, {day(2026, 2, 28), true, "补班", {{600, 960}}}});
  CHECK(working_between(c, at("2026-02-15T16:00:00Z"), at("2026-02-16T16:00:00Z")) == 0h);
  CHECK(working_between(c, at("2026-02-27T16:00:00Z"), at("2026-02-28T16:00:00Z")) == 6h);
  auto const parts = segments(c, at("2026-02-13T09:00:00Z"), at("2026-02-17T02:00:00Z"));
  REQUIRE(parts.size() == 5);
  CHECK(parts[0] == Segment{at("2026-02-13T09:00:00Z"), at("2026-02-13T10:00:00Z"), true, Why::window, ""});
  CHECK(parts[1] == Segment{at("2026-02-13T10:00:00Z"), at("2026-02-15T16:00:00Z"), false, Why::outside, ""});
  CHECK(parts[2] == Segment{at("2026-02-15T16:00:00Z"), at("2026-02-16T16:00:00Z"), false, Why::holiday, "春节"});
  CHECK(parts[3] == Segment{at("2026-02-16T16:00:00Z"), at("2026-02-17T01:00:00Z"), false, Why::outside, ""});
  CHECK(parts[4] == Segment{at("2026-02-17T01:00:00Z"), at("2026-02-17T02:00:00Z"), true, Why::window, ""});
  auto const made_up = segments(c, at("2026-02-28T02:00:00Z"), at("2026-02-28T03:00:00Z"));
  REQUIRE(made_up.size() == 1);
  CHECK(made_up[0].why == Why::make_up);
  CHECK(made_up[0].label == "补班");
}

TEST_CASE("windows are put in order, and touching ones joined", "[calendar]") {
  Calendar const c = weekdays("UTC", {{13 * 60, 24 * 60}, {0, 9 * 60}, {9 * 60, 12 * 60}});
  auto const windows = c.windows(day(2026, 11, 23));
  REQUIRE(windows.size() == 2);
  CHECK(windows[0] == Window{0, 720});
  CHECK(windows[1] == Window{780, 1440});
  CHECK(c.windows(day(2026, 11, 22)).empty());
}

TEST_CASE("what cannot be a calendar is refused", "[calendar]") {
  CalendarSource empty;
  CHECK(refused(empty) == "not a usable calendar: not a single window in the week");
  CalendarSource over = source("UTC", {{540, 720}, {700, 800}});
  CHECK(refused(over) == "not a usable calendar: 09:00-12:00 and 11:40-13:20 overlap");
  CHECK(refused(source("UTC", {{720, 540}})) == "not a usable calendar: 12:00-09:00 is no window of a day");
  CHECK(refused(source("UTC", {{720, 1441}})) == "not a usable calendar: 12:00-24:01 is no window of a day");
  CalendarSource twice = source("UTC", {{540, 720}});
  twice.exceptions = {{day(2026, 1, 1), false, "a", {}}, {day(2026, 1, 1), true, "b", {{1, 2}}}};
  CHECK(refused(twice) == "not a usable calendar: two rules for 2026-01-01");
  twice.exceptions = {{day(2026, 1, 1), true, "a", {}}};
  CHECK(refused(twice) == "not a usable calendar: 2026-01-01 is a working day without hours");
  twice.exceptions = {{day(2026, 1, 1), false, "a", {{1, 2}}}};
  CHECK(refused(twice) == "not a usable calendar: 2026-01-01 is a holiday with hours");
  CalendarSource always = source("UTC", {{540, 720}});
  always.always = true;
  CHECK(refused(always) == "not a usable calendar: always stands alone: no hours, no holidays");
}

TEST_CASE("a calendar that stops working is an error, not an endless search", "[calendar]") {
  CalendarSource shut = source("UTC", {{540, 1080}});
  for (int i = 0; i < 4200; ++i) shut.exceptions.push_back({day(2026, 1, 1) + std::chrono::days(i), false, "", {}});
  Calendar const c = Calendar::make(shut);
  CHECK(advance(c, at("2025-12-31T10:00:00Z"), 1h) == at("2025-12-31T11:00:00Z"));
  try {
    advance(c, at("2025-12-31T10:00:00Z"), 9h);
    FAIL("found working time where there is none");
  } catch (Error const& error) {
    CHECK(error.code().code == "calendar.unreachable");
  }
  CHECK_FALSE(try_advance(c, at("2025-12-31T10:00:00Z"), 9h));
  CHECK_FALSE(try_advance(Calendar(), at("9999-12-01T00:00:00Z"), 24h * 40));
  CHECK_THROWS_AS(retreat(Calendar(), at("0001-01-05T00:00:00Z"), 24h * 40), Error);
  CHECK_THROWS_AS(retreat(c, at("2037-01-01T10:00:00Z"), 9h), Error);
}
