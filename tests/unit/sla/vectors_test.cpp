// SPDX-License-Identifier: Apache-2.0
// Due times that other systems got wrong, or had to be counted by hand; each with the place where it comes from.
#include <catch2/catch.hpp>

#include "unit/sla/builders.hpp"

using namespace umsops::sla;
using namespace std::chrono_literals;
using umsops::calendar::Calendar;
using umsops::calendar::DayRule;
using umsops::model::SlaStatus;

namespace {

// 2026-11-23 is a Monday.
Calendar const kEightToSix = weekdays("UTC", {{8 * 60, 18 * 60}});
Calendar const kNineToFive = weekdays("UTC", {{9 * 60, 17 * 60}});

std::optional<TimePoint> due(Policy const& policy, Calendar const& calendar, History const& history,
                             std::string_view now) {
  return derive(policy, calendar, history, at(now)).resolution_clock().due;
}

}  // namespace

TEST_CASE("3.4 a, GLPI: open 08-18, 4 h, created 16:00: due at 10:00 on the next working day", "[sla]") {
  auto const policy = targets(0h, 4h);
  CHECK(due(policy, kEightToSix, history({{"2026-11-24T16:00:00Z", "OPEN"}}), "2026-11-24T16:00:00Z") ==
        at("2026-11-25T10:00:00Z"));
  CHECK(due(policy, kEightToSix, history({{"2026-11-27T16:00:00Z", "OPEN"}}), "2026-11-27T16:00:00Z") ==
        at("2026-11-30T10:00:00Z"));
}

TEST_CASE("3.4 b, ERPNext review of pull request 49414: a night on hold moves nothing", "[sla]") {
  auto const held = history(
      {{"2026-11-23T09:00:00Z", "OPEN"}, {"2026-11-23T17:00:00Z", "PENDING"}, {"2026-11-24T09:00:00Z", "OPEN"}});
  CHECK(due(targets(0h, 8h), kNineToFive, held, "2026-11-24T09:00:00Z") == at("2026-11-23T17:00:00Z"));
  CHECK(due(targets(0h, 10h), kNineToFive, held, "2026-11-24T09:00:00Z") == at("2026-11-24T11:00:00Z"));
}

TEST_CASE("3.4 c, GLPI 15605 and 6902: a pause survives a change of priority, policy or calendar", "[sla]") {
  // On hold from 10:00 to 12:00; the priority was changed meanwhile, and with it the policy.
  auto const paused = history(
      {{"2026-11-23T09:00:00Z", "OPEN"}, {"2026-11-23T10:00:00Z", "PENDING"}, {"2026-11-23T12:00:00Z", "ASSIGNED"}});
  CHECK(due(targets(0h, 4h), kNineToFive, paused, "2026-11-23T12:00:00Z") == at("2026-11-23T15:00:00Z"));
  CHECK(due(targets(0h, 2h), kNineToFive, paused, "2026-11-23T12:00:00Z") == at("2026-11-23T13:00:00Z"));
  CHECK(due(targets(0h, 4h), Calendar(), paused, "2026-11-23T12:00:00Z") == at("2026-11-23T15:00:00Z"));
}

TEST_CASE("3.4 d: a make-up Saturday is a working day", "[sla]") {
  Calendar const china =
      weekdays("Asia/Shanghai", {{9 * 60, 18 * 60}}, {{day(2026, 2, 28), true, "补班", {{540, 1080}}}});
  auto const friday = history({{"2026-02-27T09:00:00Z", "OPEN"}});  // 17:00 in Shanghai
  CHECK(due(targets(0h, 2h), china, friday, "2026-02-27T09:00:00Z") == at("2026-02-28T02:00:00Z"));
  Calendar const without = weekdays("Asia/Shanghai", {{9 * 60, 18 * 60}});
  CHECK(due(targets(0h, 2h), without, friday, "2026-02-27T09:00:00Z") == at("2026-03-02T02:00:00Z"));
}

TEST_CASE("3.4 e: a day on which the clock is changed", "[sla]") {
  auto night = source("Europe/Berlin", {{0, 8 * 60}});
  night.week[6] = {{0, 8 * 60}};
  Calendar const berlin = Calendar::make(night);
  // Sunday 2026-03-29, 00:00 at Berlin: four hours of work are over at 05:00, since 02:00 to 03:00 never was.
  auto const spring = history({{"2026-03-28T23:00:00Z", "OPEN"}});
  CHECK(due(targets(0h, 4h), berlin, spring, "2026-03-28T23:00:00Z") == at("2026-03-29T03:00:00Z"));
  // Sunday 2026-10-25: at 03:00, since 02:00 to 03:00 was twice.
  auto const autumn = history({{"2026-10-24T22:00:00Z", "OPEN"}});
  CHECK(due(targets(0h, 4h), berlin, autumn, "2026-10-24T22:00:00Z") == at("2026-10-25T02:00:00Z"));
}

TEST_CASE("3.4 f: a pause without length moves nothing", "[sla]") {
  auto const blink = history(
      {{"2026-11-23T09:00:00Z", "OPEN"}, {"2026-11-23T10:00:00Z", "PENDING"}, {"2026-11-23T10:00:00Z", "OPEN"}});
  CHECK(due(targets(0h, 4h), kNineToFive, blink, "2026-11-23T10:00:00Z") == at("2026-11-23T13:00:00Z"));
}

TEST_CASE("3.4 f: a pause across a holiday counts its working overlap only", "[sla]") {
  Calendar const c = weekdays("UTC", {{9 * 60, 17 * 60}}, {{day(2026, 11, 24), false, "holiday", {}}});
  auto const across = history(
      {{"2026-11-23T09:00:00Z", "OPEN"}, {"2026-11-23T16:00:00Z", "PENDING"}, {"2026-11-25T10:00:00Z", "OPEN"}});
  // Two working hours of pause: 16-17 before the holiday and 9-10 behind it.
  CHECK(due(targets(0h, 8h), c, across, "2026-11-25T10:00:00Z") == at("2026-11-25T11:00:00Z"));
  CHECK(advance(c, at("2026-11-23T09:00:00Z"), 8h + 2h) == at("2026-11-25T11:00:00Z"));
}

TEST_CASE("3.4 f: created outside hours, the clock waits for the next window", "[sla]") {
  auto const policy = targets(0h, 1h);
  CHECK(due(policy, kNineToFive, history({{"2026-11-23T03:00:00Z", "OPEN"}}), "2026-11-23T03:00:00Z") ==
        at("2026-11-23T10:00:00Z"));
  CHECK(due(policy, kNineToFive, history({{"2026-11-28T12:00:00Z", "OPEN"}}), "2026-11-28T12:00:00Z") ==
        at("2026-11-30T10:00:00Z"));
}

TEST_CASE("3.4 f: created exactly at closing time, the clock begins the next morning", "[sla]") {
  CHECK(due(targets(0h, 1h), kNineToFive, history({{"2026-11-23T17:00:00Z", "OPEN"}}), "2026-11-23T17:00:00Z") ==
        at("2026-11-24T10:00:00Z"));
}

TEST_CASE("part 2 item 1, osTicket 3034: the clock stands still while the ticket waits for its requester", "[sla]") {
  auto const waiting = history({{"2026-11-23T09:00:00Z", "OPEN"}, {"2026-11-23T10:00:00Z", "PENDING"}});
  auto const clocks = derive(targets(2h, 4h), kNineToFive, waiting, at("2026-12-23T10:00:00Z"));
  CHECK(clocks.resolution_clock().used == 1h);
  CHECK(clocks.resolution_clock().paused);
  CHECK_FALSE(clocks.resolution_clock().due);
  CHECK(status(clocks) == SlaStatus::paused);
}

TEST_CASE("part 2 item 2, GLPI 24481: what waits does not breach", "[sla]") {
  auto const waiting = history({{"2026-11-23T09:00:00Z", "OPEN"}, {"2026-11-23T12:59:00Z", "PENDING"}});
  auto const clocks = derive(targets(0h, 4h), kNineToFive, waiting, at("2027-11-23T10:00:00Z"));
  CHECK_FALSE(clocks.resolution_clock().breached);
  CHECK_FALSE(derived(clocks).sla_deadline);
}

TEST_CASE("part 2 item 3, Zammad 390: the explanation ends in the due time and names the holiday", "[sla]") {
  Calendar const c = weekdays("UTC", {{9 * 60, 17 * 60}}, {{day(2026, 11, 24), false, "Founders' Day", {}}});
  auto const clocks =
      derive(targets(0h, 2h), c, history({{"2026-11-23T16:00:00Z", "OPEN"}}), at("2026-11-23T16:00:00Z"));
  auto const lines = explain(c, clocks);
  REQUIRE(lines.size() == 5);
  CHECK(lines[2].reason == Reason::holiday);
  CHECK(lines[2].label == "Founders' Day");
  CHECK(lines.back().end == clocks.resolution_clock().due);
  CHECK(lines.back().used == 2h);
}

TEST_CASE("part 2 item 4, Zammad 5177: the first response keeps its own due time beside the other clock", "[sla]") {
  auto const clocks =
      derive(targets(6h, 2h), kNineToFive, history({{"2026-11-23T09:00:00Z", "OPEN"}}), at("2026-11-23T09:00:00Z"));
  auto const kept = derived(clocks);
  CHECK(kept.response_due_at == at("2026-11-23T15:00:00Z"));
  CHECK(kept.resolution_due_at == at("2026-11-23T11:00:00Z"));
  CHECK(kept.sla_deadline == at("2026-11-23T11:00:00Z"));
}
