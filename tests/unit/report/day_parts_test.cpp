// SPDX-License-Identifier: Apache-2.0
#include "report/day_parts.hpp"

#include <catch2/catch.hpp>

#include "report/plan.hpp"
#include "umsops/base/time.hpp"

using namespace umsops;
using report::DayParts;
using report::Part;

namespace {

std::string part_of(std::string const& zone, Part part, std::string const& time) {
  DayParts parts(base::TimeZone::load(zone), part);
  return DayParts::text(part, parts.key(base::parse_rfc3339(time)->time_since_epoch().count()));
}

}  // namespace

TEST_CASE("parts of a time are those of the zone") {
  CHECK(part_of("Asia/Shanghai", Part::date, "2026-11-20T16:01:00Z") == "2026-11-21");
  CHECK(part_of("UTC", Part::date, "2026-11-20T16:01:00Z") == "2026-11-20");
  CHECK(part_of("UTC", Part::week, "2027-01-01T00:00:00Z") == "2026-W53");
  CHECK(part_of("UTC", Part::week, "2024-12-30T00:00:00Z") == "2025-W01");
  CHECK(part_of("America/New_York", Part::month, "2026-12-01T04:59:59Z") == "2026-11");
  CHECK(part_of("UTC", Part::quarter, "2026-10-01T00:00:00Z") == "2026-Q4");
  CHECK(part_of("UTC", Part::weekday, "2026-11-22T00:00:00Z") == "SUN");
  CHECK(part_of("Asia/Kathmandu", Part::hour, "2026-11-22T00:14:59Z") == "05");
  CHECK(part_of("Asia/Kathmandu", Part::hour, "2026-11-22T00:15:00Z") == "06");
  CHECK(part_of("Europe/Amsterdam", Part::year, "1899-12-31T23:50:00Z") == "1900");
}

TEST_CASE("a day is whole where clocks are put forward and back") {
  // 2026-03-29 has 23 hours in Berlin, 2026-10-25 has 25.
  CHECK(part_of("Europe/Berlin", Part::date, "2026-03-28T23:00:00Z") == "2026-03-29");
  CHECK(part_of("Europe/Berlin", Part::date, "2026-03-29T21:59:59Z") == "2026-03-29");
  CHECK(part_of("Europe/Berlin", Part::date, "2026-03-29T22:00:00Z") == "2026-03-30");
  CHECK(part_of("Europe/Berlin", Part::date, "2026-10-24T22:00:00Z") == "2026-10-25");
  CHECK(part_of("Europe/Berlin", Part::date, "2026-10-25T22:59:59Z") == "2026-10-25");
  CHECK(part_of("Europe/Berlin", Part::date, "2026-10-25T23:00:00Z") == "2026-10-26");
}

TEST_CASE("keys kept by quarters of an hour are those worked out for each moment") {
  for (auto const* name : {"Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns"}) {
    auto const zone = base::TimeZone::load(name);
    DayParts kept(zone, Part::date);
    auto at = base::parse_rfc3339("2026-01-01T00:00:00Z")->time_since_epoch().count();
    for (int i = 0; i < 20'000; ++i, at += 26 * 60'000 + 7'777) {
      auto const civil = zone.to_civil(base::TimePoint(base::Milliseconds(at)));
      REQUIRE(kept.key(at) == civil.year * 10'000 + civil.month * 100 + civil.day);
    }
  }
}

TEST_CASE("a period begins where its first day does") {
  auto const zone = base::TimeZone::load("Asia/Shanghai");
  auto const begin = [&](Part part) {
    return zone.format(report::period_begin(zone, part, *base::parse_rfc3339("2026-11-19T10:00:00Z")));
  };
  CHECK(begin(Part::date) == "2026-11-19 00:00");
  CHECK(begin(Part::week) == "2026-11-16 00:00");
  CHECK(begin(Part::month) == "2026-11-01 00:00");
  CHECK(begin(Part::quarter) == "2026-10-01 00:00");
  CHECK(begin(Part::year) == "2026-01-01 00:00");
}
