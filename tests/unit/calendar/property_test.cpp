// SPDX-License-Identifier: Apache-2.0
// The calendar's arithmetic against a walk over every minute, over random calendars, zones and changes of the clock.
#include <catch2/catch.hpp>

#include "unit/calendar/random_calendar.hpp"

using namespace umsops::calendar;

namespace {

void check_case(std::uint64_t seed) {
  property::Dice dice(seed);
  auto const where = property::place(dice);
  Calendar const calendar = property::calendar(dice, where);
  TimePoint const from = property::instant(dice, where, 40);
  TimePoint const to = from + property::kMinute * dice.roll(0, 40 * 60);
  INFO("case " << seed << ", zone " << where.zone << ", from " << umsops::base::format_rfc3339(from));

  Milliseconds worked{0};
  auto const parts = segments(calendar, from, to);
  std::size_t part = 0;
  bool same = true;
  for (property::Walk walk(calendar, from); walk.at() < to; walk.step()) {
    while (part < parts.size() && parts[part].end <= walk.at()) ++part;
    same = same && part < parts.size() && parts[part].begin <= walk.at() && parts[part].working == walk.working();
    if (!walk.working()) continue;
    worked += property::kMinute;
    if (dice.one_in(200)) CHECK(advance(calendar, from, worked) == walk.at() + property::kMinute);
  }
  CHECK(same);
  CHECK(working_between(calendar, from, to) == worked);
  if (worked > Milliseconds{0}) {
    CHECK(working_between(calendar, from, advance(calendar, from, worked)) == worked);
    TimePoint const back = retreat(calendar, to, worked);
    CHECK(working_between(calendar, back, to) == worked);
    CHECK(working_between(calendar, back + property::kMinute, to) < worked);
  }
  for (std::size_t i = 0; i < parts.size(); ++i) {
    CHECK(parts[i].begin == (i == 0 ? from : parts[i - 1].end));
    CHECK(parts[i].begin < parts[i].end);
  }
  CHECK((parts.empty() ? from : parts.back().end) == std::max(from, to));
}

}  // namespace

TEST_CASE("the arithmetic equals a walk over every minute", "[calendar][property]") {
  auto const seed = static_cast<std::uint64_t>(property::setting("UMSOPS_PROPERTY_SEED", 20261126));
  auto const cases = static_cast<std::uint64_t>(property::setting("UMSOPS_PROPERTY_CASES", 10'000));
  for (std::uint64_t i = 0; i < cases; ++i) check_case(seed + i);
}
