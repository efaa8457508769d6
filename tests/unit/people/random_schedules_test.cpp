// SPDX-License-Identifier: Apache-2.0
// Shifts, the person of a moment and gaps against a walk, step by step, that knows nothing but the definitions.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <random>

#include "umsops/base/number.hpp"
#include "unit/people/build.hpp"

using namespace umsops;
using namespace umsops::people;
using namespace umsops::tests;
using namespace std::chrono;

namespace {

constexpr minutes kStep{5};  // all that is made up here, and every change of clocks, lies on whole steps
constexpr std::array<char const*, 8> kZones{"UTC",
                                            "Asia/Shanghai",
                                            "Europe/Berlin",
                                            "America/New_York",
                                            "Asia/Kathmandu",
                                            "Australia/Lord_Howe",
                                            "America/Santiago",
                                            "Pacific/Apia"};

/// What a civil time means, by its definition: before a gap's offset, the first of two.
TimePoint meant(base::TimeZone const& zone, sys_seconds civil) {
  auto const date = floor<days>(civil);
  year_month_day const ymd{date};
  hh_mm_ss const time{civil - date};
  auto const readings =
      zone.to_instants({int(ymd.year()), static_cast<int>(unsigned(ymd.month())), static_cast<int>(unsigned(ymd.day())),
                        static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                        static_cast<int>(time.seconds().count())});
  return readings.gap ? readings.at.back() : readings.at.front();
}

sys_seconds civil_at(base::TimeZone const& zone, TimePoint when) {
  auto const c = zone.to_civil(when);
  return sys_days(year(c.year) / month(static_cast<unsigned>(c.month)) / day(static_cast<unsigned>(c.day))) +
         hours(c.hour) + minutes(c.minute) + seconds(c.second);
}

/// All hand-offs of a layer up to `to`, one after the other from the start.
std::vector<TimePoint> hand_offs(Layer const& layer, base::TimeZone const& zone, TimePoint to) {
  std::vector<TimePoint> out{layer.start};
  auto const start = civil_at(zone, layer.start);
  auto const date = floor<days>(start);
  for (std::int64_t n = layer.shift_length; out.back() <= to; n += layer.shift_length) {
    if (layer.type == RotationType::hourly) out.push_back(layer.start + hours(n));
    if (layer.type == RotationType::daily) out.push_back(meant(zone, start + days(n)));
    if (layer.type == RotationType::weekly) out.push_back(meant(zone, start + weeks(n)));
    if (layer.type == RotationType::monthly) {
      year_month_day moved = year_month_day(date) + months(n);
      if (!moved.ok()) moved = moved.year() / moved.month() / last;
      out.push_back(meant(zone, sys_days(moved) + (start - date)));
    }
  }
  return out;
}

bool is_open(Layer const& layer, base::TimeZone const& zone, TimePoint when) {
  if (layer.windows.empty()) return true;
  auto const today = floor<days>(civil_at(zone, when));
  for (int back = -2; back <= 1; ++back) {
    auto const date = today + days(back);
    for (auto const& window : layer.windows) {
      if (!((window.days >> (weekday(date).iso_encoding() - 1)) & 1u)) continue;
      auto const length = minutes(window.end > window.begin ? window.end : window.end + 1440);
      if (meant(zone, date + minutes(window.begin)) <= when && when < meant(zone, date + length)) return true;
    }
  }
  return false;
}

/// Who is on call, step by step; empty: nobody.
std::vector<std::string> walk(Schedule const& schedule, TimePoint from, TimePoint to) {
  std::vector<std::string> out(static_cast<std::size_t>((to - from) / kStep));
  for (auto const& layer : schedule.layers) {
    auto const all = hand_offs(layer, schedule.zone, to);
    for (std::size_t m = 0; m < out.size(); ++m) {
      TimePoint const when = from + kStep * m;
      auto const next = std::upper_bound(all.begin(), all.end(), when);
      if (next == all.begin() || !is_open(layer, schedule.zone, when)) continue;
      out[m] = layer.participants[static_cast<std::size_t>(next - all.begin() - 1) % layer.participants.size()];
    }
  }
  for (auto const& one : schedule.overrides) {
    for (std::size_t m = 0; m < out.size(); ++m) {
      if (one.begin <= from + kStep * m && from + kStep * m < one.end) out[m] = one.person;
    }
  }
  return out;
}

using Random = std::mt19937;

int pick(Random& random, int low, int high) { return std::uniform_int_distribution(low, high)(random); }

Layer random_layer(Random& random, TimePoint from) {
  Layer out;
  out.name = "layer";
  out.type = static_cast<RotationType>(pick(random, 0, 3));
  out.shift_length = out.type == RotationType::hourly ? pick(random, 1, 40) : pick(random, 1, 3);
  out.start = from + minutes(15 * pick(random, -90 * 96, 96));
  for (int count = pick(random, 1, 4); count > 0; --count)
    out.participants.push_back(std::string(1, static_cast<char>(pick(random, 'a', 'f'))));
  if (pick(random, 0, 1) == 0) {
    for (int count = pick(random, 1, 3); count > 0; --count) {
      out.windows.push_back(
          {static_cast<unsigned>(pick(random, 1, 127)), 30 * pick(random, 0, 47), 30 * pick(random, 1, 48)});
    }
  }
  return out;
}

/// Around a day on which the clocks change, often.
TimePoint random_from(Random& random, base::TimeZone const& zone) {
  sys_days date = sys_days(2026y / January / 1) + days(pick(random, 0, 1500));
  if (pick(random, 0, 2) > 0) {
    auto const offset = [&](sys_days d) { return civil_at(zone, TimePoint(d)) - sys_seconds(d); };
    if (zone.name() == "Pacific/Apia") date = sys_days(2011y / December / pick(random, 25, 31));
    for (int tries = 0; tries < 200 && offset(date) == offset(date + days(3)); ++tries) date += days(1);
  }
  return TimePoint(date) + minutes(15 * pick(random, 0, 95));
}

Schedule random_schedule(Random& random, base::TimeZone const& zone, TimePoint from, std::string name) {
  Schedule out{std::move(name), zone, {}, {}};
  for (int count = pick(random, 1, 3); count > 0; --count) out.layers.push_back(random_layer(random, from));
  for (int count = pick(random, 0, 2); count > 0; --count) {
    TimePoint const begin = from + minutes(5 * pick(random, -200, 1200));
    out.overrides.push_back(
        {begin, begin + minutes(5 * pick(random, 1, 500)), std::string(1, static_cast<char>(pick(random, 'a', 'f')))});
  }
  return out;
}

void compare(Schedule const& schedule, TimePoint from, TimePoint to) {
  auto const truth = walk(schedule, from, to);
  auto const line = shifts(schedule, from, to);
  std::vector<std::string> said(truth.size());
  for (std::size_t i = 0; i < line.size(); ++i) {
    REQUIRE(line[i].begin < line[i].end);
    if (i > 0) REQUIRE(line[i - 1].end <= line[i].begin);
    auto const first = std::max<std::int64_t>(0, (line[i].begin - from) / kStep);
    auto const end = std::min<std::int64_t>(static_cast<std::int64_t>(said.size()), (line[i].end - from) / kStep);
    for (auto m = first; m < end; ++m) said[static_cast<std::size_t>(m)] = line[i].person;
  }
  REQUIRE(said == truth);
  for (std::size_t m = 0; m < truth.size(); m += 79) {
    auto const shift = who(schedule, from + kStep * m);
    REQUIRE((shift ? shift->person : "") == truth[m]);
  }
  Roster roster;
  roster.schedules = {schedule};
  std::vector<bool> gap(truth.size());
  for (auto const& finding : check(roster, from, to)) {
    if (finding.kind != FindingKind::gap) continue;
    for (auto t = finding.begin; t < finding.end; t += kStep) gap[static_cast<std::size_t>((t - from) / kStep)] = true;
  }
  std::vector<bool> nobody;
  for (auto const& person : truth) nobody.push_back(person.empty());
  REQUIRE(gap == nobody);
}

}  // namespace

TEST_CASE("random schedules against a walk step by step") {
  auto const* const wanted = std::getenv("UMSOPS_CASES");  // the long form, by hand
  auto const cases = wanted ? base::parse_integer(wanted, 1, 100'000'000).value() : 3000;
  Random random(20261126);
  for (std::int64_t i = 0; i < cases; ++i) {
    CAPTURE(i);
    auto const zone = base::TimeZone::load(kZones[static_cast<std::size_t>(i) % kZones.size()]);
    TimePoint const from = random_from(random, zone);
    auto const schedule = random_schedule(random, zone, from, "s");
    compare(schedule, from, from + hours(pick(random, 1, 96)));
  }
}
