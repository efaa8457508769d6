// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/ladder/ladder.hpp"

using namespace umsops;
using namespace umsops::ladder;
using model::TicketStatus;
using sla::ClockKind;

namespace {

TimePoint at(int minutes) { return *base::parse_rfc3339("2026-11-23T09:00:00Z") + std::chrono::minutes(minutes); }

sla::Step step(ClockKind clock, sla::Offset offset, bool working = true) {
  sla::Step step;
  step.clock = clock;
  step.offset = offset;
  step.working = working;
  return step;
}

/// 30 minutes and two hours, around the clock.
sla::Policy policy() {
  sla::Policy policy;
  policy.name = "p";
  policy.response = std::chrono::minutes(30);
  policy.resolution = std::chrono::hours(2);
  policy.ladder = {step(ClockKind::response, std::chrono::minutes(0)), step(ClockKind::resolution, sla::Percent{-25}),
                   step(ClockKind::resolution, std::chrono::minutes(0)),
                   step(ClockKind::resolution, std::chrono::minutes(60), false)};
  return policy;
}

std::vector<std::string> steps_at(sla::Policy const& policy, sla::History const& history, TimePoint now,
                                  Taken const& taken = {}, model::Ticket const& ticket = {}) {
  calendar::Calendar const always;
  std::vector<std::string> out;
  for (auto const& rung : waiting(policy, always, sla::derive(policy, always, history, now), ticket, taken)) {
    out.push_back(rung.step->id() + " " + base::format_rfc3339(rung.at).substr(11, 5));
  }
  return out;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("steps wait in the order in which they come due") {
  auto const p = policy();
  sla::History const history{{{at(0), TicketStatus::open}}, std::nullopt};
  Names const all{"response:+0 09:30", "resolution:-25% 10:30", "resolution:+0 11:00", "resolution:+1h:real 12:00"};
  CHECK(steps_at(p, history, at(0)) == all);
  CHECK(steps_at(p, history, at(500)) == all);  // what was missed waits all the same
}

TEST_CASE("a step waits once in a generation") {
  auto const p = policy();
  sla::History history{{{at(0), TicketStatus::open}}, std::nullopt};
  Taken const taken{{1, "response:+0"}, {1, "resolution:-25%"}};
  CHECK(steps_at(p, history, at(95), taken) == Names{"resolution:+0 11:00", "resolution:+1h:real 12:00"});
  history.states.push_back({at(96), TicketStatus::resolved});
  CHECK(steps_at(p, history, at(97), taken).empty());
  history.states.push_back(
      {at(120), TicketStatus::in_progress});  // reopened: its clock begins anew, and so does the ladder
  CHECK(steps_at(p, history, at(121), taken) ==
        Names{"resolution:-25% 12:30", "resolution:+0 13:00", "resolution:+1h:real 14:00"});
}

TEST_CASE("clocks that do not run escalate nothing") {
  auto const p = policy();
  sla::History history{{{at(0), TicketStatus::open}}, at(10)};
  history.states.push_back({at(10), TicketStatus::in_progress});
  CHECK(steps_at(p, history, at(60)).front() == "resolution:-25% 10:30");
  history.states.push_back({at(20), TicketStatus::pending});
  CHECK(steps_at(p, history, at(60)).empty());
  history.states.push_back({at(80), TicketStatus::in_progress});
  CHECK(steps_at(p, history, at(81)).front() == "resolution:-25% 11:30");
}

TEST_CASE("a step may be for some tickets only") {
  auto p = policy();
  p.ladder = {p.ladder[2]};
  p.ladder[0].when.fields = {{"category", {"mfa"}}};
  sla::History const history{{{at(0), TicketStatus::open}}, std::nullopt};
  model::Ticket ticket;
  CHECK(steps_at(p, history, at(0), {}, ticket).empty());
  ticket.category = "mfa";
  CHECK(steps_at(p, history, at(0), {}, ticket).size() == 1);
}
