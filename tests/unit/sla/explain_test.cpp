// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <chrono>

#include "unit/sla/builders.hpp"

using namespace umsops::sla;
using namespace std::chrono_literals;
using umsops::calendar::Calendar;

namespace {

std::vector<Explained> of_clock(std::vector<Explained> const& all, ClockKind kind) {
  std::vector<Explained> out;
  for (auto const& line : all) {
    if (line.clock == kind) out.push_back(line);
  }
  return out;
}

}  // namespace

TEST_CASE("every stretch of a clock is told, with its reason", "[sla]") {
  Calendar const c = weekdays("Asia/Shanghai", {{9 * 60, 18 * 60}},
                              {{day(2026, 2, 16), false, "春节", {}}, {day(2026, 2, 14), true, "补班", {{540, 1080}}}});
  // Friday 17:00; on hold over the Saturday's first hour.
  auto const states = history({{"2026-02-13T09:00:00Z", "IN_PROGRESS"},
                               {"2026-02-14T01:00:00Z", "PENDING"},
                               {"2026-02-14T02:00:00Z", "IN_PROGRESS"}});
  auto const clocks = derive(targets(0h, 10h), c, states, at("2026-02-14T04:00:00Z"));
  auto const lines = of_clock(explain(c, clocks), ClockKind::resolution);
  REQUIRE(lines.size() == 9);
  auto const is = [&](std::size_t i, Reason reason, Milliseconds working, Milliseconds counted, Milliseconds used,
                      bool ahead) {
    INFO("line " << i);
    CHECK(lines[i].reason == reason);
    CHECK(lines[i].working == working);
    CHECK(lines[i].counted == counted);
    CHECK(lines[i].used == used);
    CHECK(lines[i].ahead == ahead);
  };
  is(0, Reason::window, 1h, 1h, 1h, false);
  is(1, Reason::outside, 0h, 0h, 1h, false);
  is(2, Reason::paused, 1h, 0h, 1h, false);
  is(3, Reason::make_up, 2h, 2h, 3h, false);  // until now
  is(4, Reason::make_up, 6h, 6h, 9h, true);
  is(5, Reason::outside, 0h, 0h, 9h, true);
  is(6, Reason::holiday, 0h, 0h, 9h, true);
  is(7, Reason::outside, 0h, 0h, 9h, true);
  is(8, Reason::window, 1h, 1h, 10h, true);
  CHECK(lines[3].label == "补班");
  CHECK(lines[6].label == "春节");
  CHECK(lines[8].end == clocks.resolution_clock().due);
  for (std::size_t i = 1; i < lines.size(); ++i) CHECK(lines[i].begin == lines[i - 1].end);
}

TEST_CASE("a late clock is told up to now, cut at the due time", "[sla]") {
  Calendar const always;
  auto const clocks =
      derive(targets(0h, 2h), always, history({{"2026-11-23T08:00:00Z", "OPEN"}}), at("2026-11-23T13:00:00Z"));
  auto const lines = of_clock(explain(always, clocks), ClockKind::resolution);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].end == at("2026-11-23T10:00:00Z"));
  CHECK(lines[1].end == at("2026-11-23T13:00:00Z"));
  CHECK(lines[1].used == 5h);
}

TEST_CASE("an ended clock is told to its end, a paused one to now", "[sla]") {
  Calendar const always;
  auto const states = history({{"2026-11-23T08:00:00Z", "PENDING"},
                               {"2026-11-23T09:00:00Z", "IN_PROGRESS"},
                               {"2026-11-23T10:00:00Z", "PENDING"},
                               {"2026-11-23T12:00:00Z", "RESOLVED"},
                               {"2026-11-24T12:00:00Z", "PENDING"}});
  auto const lines = of_clock(explain(always, derive(targets(0h, 9h), always, states, at("2026-11-24T15:00:00Z"))),
                              ClockKind::resolution);
  REQUIRE(lines.size() == 4);
  CHECK(lines[0].reason == Reason::paused);
  CHECK(lines[1].counted == 1h);
  CHECK(lines[2].reason == Reason::paused);
  CHECK(lines[2].end == at("2026-11-23T12:00:00Z"));
  CHECK(lines[3].generation == 2);
  CHECK(lines[3].end == at("2026-11-24T15:00:00Z"));
}

TEST_CASE("how long a thousand state changes take", "[.][benchmark]") {
  Calendar const c = weekdays("Asia/Shanghai", {{9 * 60, 12 * 60}, {13 * 60, 18 * 60}});
  History states;
  TimePoint when = at("2026-01-05T01:00:00Z");
  for (int i = 0; i < 1000; ++i, when += 3h + 17min) {
    states.states.push_back(
        {when, i % 2 == 0 ? umsops::model::TicketStatus::in_progress : umsops::model::TicketStatus::pending});
  }
  auto const begin = std::chrono::steady_clock::now();
  auto const clocks = derive(targets(1h, 900h), c, states, when);
  auto const lines = explain(c, clocks);
  auto const took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
  WARN(lines.size() << " lines in " << took.count() << " us");
}
