// SPDX-License-Identifier: Apache-2.0
// The clocks against a walk over every minute: random calendars, pauses, answers, reopenings, and changes of the clock.
#include <catch2/catch.hpp>

#include "umsops/sla/clocks.hpp"
#include "unit/calendar/random_calendar.hpp"

using namespace umsops::sla;
using umsops::calendar::Calendar;
using umsops::model::TicketStatus;

namespace {

/// A life of a few states, minutes or hours apart.
History life(property::Dice& dice, TimePoint birth) {
  static constexpr TicketStatus kStates[] = {TicketStatus::open,    TicketStatus::assigned, TicketStatus::in_progress,
                                             TicketStatus::pending, TicketStatus::pending,  TicketStatus::escalated,
                                             TicketStatus::resolved};
  History out;
  TimePoint when = birth;
  for (int i = dice.roll(1, 7); i > 0; --i) {
    out.states.push_back({when, kStates[dice.roll(0, out.states.empty() ? 4 : 6)]});
    when += property::kMinute * (dice.one_in(5) ? 0 : dice.roll(1, 700));
  }
  if (dice.one_in(3)) out.first_response = birth + property::kMinute * dice.roll(0, 1200);
  return out;
}

bool response_counts(TicketStatus status) {
  return status == TicketStatus::open || status == TicketStatus::assigned || status == TicketStatus::escalated;
}

/// What one clock must say, found by counting minutes.
struct Counted {
  Milliseconds used{0};
  std::optional<TimePoint> due;
  bool running = false, breached = false, over = false;
};

void count_minute(Counted& clock, bool runs, bool works, Milliseconds target, TimePoint minute) {
  if (runs && clock.due && minute >= *clock.due) clock.breached = true;
  if (!runs || !works) return;
  clock.used += property::kMinute;
  if (clock.used == target) clock.due = minute + property::kMinute;
}

void check_case(std::uint64_t seed) {
  property::Dice dice(seed);
  auto const where = property::place(dice);
  Calendar const calendar = property::calendar(dice, where);
  TimePoint const birth = property::instant(dice, where, 30);
  History const history = life(dice, birth);
  TimePoint const now = std::max(birth, history.states.back().at) + property::kMinute * dice.roll(0, 600);
  Policy policy;
  policy.response = property::kMinute * dice.roll(1, 300);
  policy.resolution = property::kMinute * dice.roll(1, 900);
  INFO("case " << seed << ", zone " << where.zone << ", birth " << umsops::base::format_rfc3339(birth));

  Counted response, resolution;
  std::size_t next = 0;
  TicketStatus status = history.states.front().status;
  int generation = 1;
  bool ended = false;
  property::Walk walk(calendar, birth);
  for (; walk.at() <= now; walk.step()) {
    for (; next < history.states.size() && history.states[next].at <= walk.at(); ++next) {
      status = history.states[next].status;
      bool const over = status == TicketStatus::resolved;
      if (ended && !over) {
        ++generation;
        resolution = Counted();
      }
      ended = over;
      response.over = response.over || (!response_counts(status) && status != TicketStatus::pending);
    }
    response.over = response.over || (history.first_response && *history.first_response <= walk.at());
    response.running = !response.over && response_counts(status);
    resolution.running = !ended && status != TicketStatus::pending;
    if (walk.at() == now) break;
    count_minute(response, response.running, walk.working(), *policy.response, walk.at());
    count_minute(resolution, resolution.running, walk.working(), *policy.resolution, walk.at());
  }
  Clocks const clocks = derive(policy, calendar, history, now);
  auto const check = [&](Clock const& clock, Counted const& counted) {
    CHECK(clock.used == counted.used);
    CHECK(clock.running == counted.running);
    CHECK(clock.breached == counted.breached);
    CHECK(clock.used == [&] {
      Milliseconds told{0};
      for (auto const& line : explain(calendar, clocks)) {
        if (line.clock == clock.kind && line.generation == clock.generation && !line.ahead) told += line.counted;
      }
      return told;
    }());
    if (counted.due && !clock.paused) CHECK(clock.due == counted.due);
    if (!counted.due && clock.running) CHECK(clock.due > now);
  };
  CHECK(clocks.resolution_clock().generation == generation);
  check(clocks.response_clock(), response);
  check(clocks.resolution_clock(), resolution);
  // A due time that is still to come: walk on, if nothing more happens.
  Clock const& clock = clocks.resolution_clock();
  if (clock.running && clock.due && *clock.due > now && *clock.due < now + std::chrono::hours(24)) {
    Milliseconds left = *policy.resolution - clock.used;
    for (; left > Milliseconds{0}; walk.step())
      left -= walk.working() ? Milliseconds(property::kMinute) : Milliseconds{0};
    CHECK(walk.at() == *clock.due);
  }
  // due = advance(start, target + working time of the pauses), as long as the clock runs.
  if (clock.running) {
    Milliseconds pauses = working_between(calendar, clock.started, now) - clock.used;
    if (!resolution.due) CHECK(advance(calendar, clock.started, *policy.resolution + pauses) == clock.due);
  }
}

}  // namespace

TEST_CASE("the clocks equal a walk over every minute", "[sla][property]") {
  auto const seed = static_cast<std::uint64_t>(property::setting("UMSOPS_PROPERTY_SEED", 20261126));
  auto const cases = static_cast<std::uint64_t>(property::setting("UMSOPS_PROPERTY_CASES", 10'000));
  for (std::uint64_t i = 0; i < cases; ++i) check_case(seed + i);
}
