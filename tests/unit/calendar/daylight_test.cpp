// SPDX-License-Identifier: Apache-2.0
// Days on which the clock is changed: mission vector 3.4 (e).
#include <catch2/catch.hpp>

#include "unit/calendar/builders.hpp"

using namespace umsops::calendar;
using namespace std::chrono_literals;

namespace {

/// The same windows on all seven days.
Calendar daily(std::string_view zone, std::vector<Window> windows) {
  CalendarSource out = source(zone, windows);
  for (auto& day : out.week) day = windows;
  return Calendar::make(out);
}

Milliseconds on(Calendar const& calendar, Date date) {
  return working_between(calendar, instant_of(calendar, date, 0), instant_of(calendar, date, kMinutesOfDay));
}

}  // namespace

TEST_CASE("Berlin: a night with a gap is an hour shorter, one with an overlap an hour longer", "[calendar]") {
  Calendar const nights = daily("Europe/Berlin", {{0, 6 * 60}});
  CHECK(on(nights, day(2026, 3, 28)) == 6h);
  CHECK(on(nights, day(2026, 3, 29)) == 5h);   // 02:00 → 03:00
  CHECK(on(nights, day(2026, 10, 25)) == 7h);  // 03:00 → 02:00
  // 2026-03-29 00:00 is 23:00Z the day before: three hours of work are over at 04:00 summer time.
  CHECK(advance(nights, at("2026-03-28T23:00:00Z"), 3h) == at("2026-03-29T02:00:00Z"));
  Calendar const office = daily("Europe/Berlin", {{9 * 60, 17 * 60}});
  CHECK(on(office, day(2026, 3, 29)) == 8h);
  // 17:00 to 09:00 over the change is an hour less of real time, and no working time at all.
  CHECK(advance(office, at("2026-03-28T15:00:00Z"), 2h) == at("2026-03-29T08:00:00Z"));
}

TEST_CASE("an edge inside a gap is the jump, an edge inside an overlap its first reading", "[calendar]") {
  Calendar const berlin = daily("Europe/Berlin", {{2 * 60 + 30, 5 * 60}});
  CHECK(instant_of(berlin, day(2026, 3, 29), 150) == at("2026-03-29T01:00:00Z"));
  CHECK(on(berlin, day(2026, 3, 29)) == 2h);                                        // from 03:00 to 05:00
  CHECK(instant_of(berlin, day(2026, 10, 25), 150) == at("2026-10-25T00:30:00Z"));  // 02:30 summer time
  CHECK(on(berlin, day(2026, 10, 25)) == 3h + 30min);
  Calendar const until = daily("Europe/Berlin", {{0, 2 * 60 + 30}});
  CHECK(on(until, day(2026, 10, 25)) == 2h + 30min);
  CHECK(on(until, day(2026, 3, 29)) == 2h);
  // Windows that touch inside the overlap leave nothing out and count nothing twice.
  CHECK(on(daily("Europe/Berlin", {{0, 1440}}), day(2026, 10, 25)) == 25h);
  CHECK(on(until, day(2026, 10, 25)) + on(daily("Europe/Berlin", {{150, 1440}}), day(2026, 10, 25)) == 25h);
}

TEST_CASE("New York: 23 and 25 hours around the clock in local windows", "[calendar]") {
  Calendar const whole = daily("America/New_York", {{0, 1440}});
  CHECK(on(whole, day(2026, 3, 8)) == 23h);
  CHECK(on(whole, day(2026, 11, 1)) == 25h);
  CHECK(segments(whole, at("2026-10-30T00:00:00Z"), at("2026-11-03T00:00:00Z")).size() == 1);
}

TEST_CASE("Lord Howe Island changes its clock by half an hour", "[calendar]") {
  Calendar const nights = daily("Australia/Lord_Howe", {{0, 4 * 60}});
  CHECK(on(nights, day(2026, 4, 5)) == 4h + 30min);   // 02:00 → 01:30
  CHECK(on(nights, day(2026, 10, 4)) == 3h + 30min);  // 02:00 → 02:30
}

TEST_CASE("a clock that is changed at midnight, and a day that never was", "[calendar]") {
  Calendar const havana = daily("America/Havana", {{0, 60}});
  CHECK(on(havana, day(2026, 3, 8)) == 0h);   // 00:00 → 01:00
  CHECK(on(havana, day(2026, 11, 1)) == 2h);  // 01:00 → 00:00
  Calendar const apia = daily("Pacific/Apia", {{540, 1020}});
  CHECK(on(apia, day(2011, 12, 30)) == 0h);  // skipped when the island crossed the date line
  CHECK(advance(apia, at("2011-12-30T02:00:00Z"), 2h) == at("2011-12-30T20:00:00Z"));
}

TEST_CASE("a clock turned back over midnight shows yesterday's date once more", "[calendar]") {
  // St. John's went back from 00:01 to 23:01 until 2011.
  Calendar const first_hour = daily("America/St_Johns", {{0, 60}});
  CHECK(on(first_hour, day(2010, 11, 7)) == 2h);
  CHECK(working_between(first_hour, at("2010-11-07T02:40:00Z"), at("2010-11-07T02:50:00Z")) == 10min);
  CHECK(advance(first_hour, at("2010-11-07T02:40:00Z"), 5min) == at("2010-11-07T02:45:00Z"));
  CHECK(retreat(first_hour, at("2010-11-07T02:45:00Z"), 5min) == at("2010-11-07T02:40:00Z"));
}
