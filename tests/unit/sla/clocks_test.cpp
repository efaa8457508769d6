// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/base/error.hpp"
#include "unit/sla/builders.hpp"

using namespace umsops::sla;
using namespace std::chrono_literals;
using umsops::calendar::Calendar;
using umsops::model::SlaStatus;
using umsops::model::TicketStatus;

namespace {

Calendar const kAlways;
Policy const kPolicy = targets(1h, 8h);

Clocks clocks(History const& history, std::string_view now) { return derive(kPolicy, kAlways, history, at(now)); }
SlaStatus status_at(History const& history, std::string_view now) { return status(clocks(history, now)); }

}  // namespace

TEST_CASE("a fresh ticket runs both clocks", "[sla]") {
  auto const c = clocks(history({{"2026-11-23T08:00:00Z", "OPEN"}}), "2026-11-23T08:30:00Z");
  CHECK(c.response_clock().running);
  CHECK(c.response_clock().due == at("2026-11-23T09:00:00Z"));
  CHECK(c.response_clock().at_risk_at == at("2026-11-23T08:48:00Z"));
  CHECK(c.resolution_clock().due == at("2026-11-23T16:00:00Z"));
  CHECK(c.resolution_clock().used == 30min);
  CHECK(status(c) == SlaStatus::on_track);
}

TEST_CASE("at risk from its share of the target on, breached only past the due time", "[sla]") {
  auto const fresh = history({{"2026-11-23T08:00:00Z", "OPEN"}});
  CHECK(status_at(fresh, "2026-11-23T08:47:59.999Z") == SlaStatus::on_track);
  CHECK(status_at(fresh, "2026-11-23T08:48:00Z") == SlaStatus::at_risk);
  CHECK(status_at(fresh, "2026-11-23T09:00:00Z") == SlaStatus::at_risk);
  CHECK(status_at(fresh, "2026-11-23T09:00:00.001Z") == SlaStatus::response_breached);
  CHECK(status_at(fresh, "2026-11-23T16:00:00Z") == SlaStatus::response_breached);
  CHECK(status_at(fresh, "2026-11-23T16:00:00.001Z") == SlaStatus::resolution_breached);
}

TEST_CASE("the first response ends its clock, in time exactly at the due time", "[sla]") {
  auto const answered = history({{"2026-11-23T08:00:00Z", "OPEN"}}, "2026-11-23T09:00:00Z");
  auto const c = clocks(answered, "2026-11-23T09:30:00Z");
  CHECK(c.response_clock().ended == at("2026-11-23T09:00:00Z"));
  CHECK_FALSE(c.response_clock().breached);
  CHECK(c.response_clock().due == at("2026-11-23T09:00:00Z"));
  CHECK(c.resolution_clock().running);
  CHECK(status(c) == SlaStatus::on_track);
  auto const late = history({{"2026-11-23T08:00:00Z", "OPEN"}}, "2026-11-23T09:00:01Z");
  CHECK(status_at(late, "2026-11-23T09:30:00Z") == SlaStatus::response_breached);
  CHECK(derived(clocks(late, "2026-11-23T09:30:00Z")).settled == SlaStatus::response_breached);
}

TEST_CASE("taking it in hand ends the response clock, handing it on does not start it again", "[sla]") {
  auto const c = clocks(history({{"2026-11-23T08:00:00Z", "OPEN"},
                                 {"2026-11-23T08:10:00Z", "ASSIGNED"},
                                 {"2026-11-23T08:20:00Z", "IN_PROGRESS"},
                                 {"2026-11-23T08:40:00Z", "ASSIGNED"}}),
                        "2026-11-23T12:00:00Z");
  CHECK(c.response_clock().ended == at("2026-11-23T08:20:00Z"));
  CHECK(c.response_clock().used == 20min);
  CHECK(c.response_clock().runs.size() == 1);
  CHECK(c.response_clock().due == at("2026-11-23T09:00:00Z"));
}

TEST_CASE("an answer while it waits ends the response clock without having counted the wait", "[sla]") {
  auto const c =
      clocks(history({{"2026-11-23T08:00:00Z", "OPEN"}, {"2026-11-23T08:15:00Z", "PENDING"}}, "2026-11-23T12:00:00Z"),
             "2026-11-23T13:00:00Z");
  CHECK(c.response_clock().ended == at("2026-11-23T12:00:00Z"));
  CHECK(c.response_clock().used == 15min);
  CHECK_FALSE(c.response_clock().breached);
  CHECK(c.response_clock().due == at("2026-11-23T12:45:00Z"));  // the time that applied
}

TEST_CASE("resolved in time is met, and stays so", "[sla]") {
  auto const done = history({{"2026-11-23T08:00:00Z", "OPEN"},
                             {"2026-11-23T08:30:00Z", "IN_PROGRESS"},
                             {"2026-11-23T16:00:00Z", "RESOLVED"},
                             {"2026-11-25T16:00:00Z", "CLOSED"}});
  CHECK(status_at(done, "2027-11-23T16:00:00Z") == SlaStatus::met);
  auto const c = clocks(done, "2027-11-23T16:00:00Z");
  CHECK(c.all.size() == 2);
  CHECK(c.resolution_clock().ended == at("2026-11-23T16:00:00Z"));
  CHECK_FALSE(derived(c).sla_deadline);
  CHECK_FALSE(derived(c).settled);
  CHECK(derived(c).resolution_due_at == at("2026-11-23T16:00:00Z"));
}

TEST_CASE("resolved too late is a breach for good", "[sla]") {
  auto const late = history({{"2026-11-23T08:00:00Z", "OPEN"},
                             {"2026-11-23T08:30:00Z", "IN_PROGRESS"},
                             {"2026-11-23T16:00:01Z", "RESOLVED"}});
  auto const c = clocks(late, "2026-11-23T20:00:00Z");
  CHECK(status(c) == SlaStatus::resolution_breached);
  CHECK(derived(c).settled == SlaStatus::resolution_breached);
}

TEST_CASE("a breach before the pause is still one during it", "[sla]") {
  auto const c = clocks(history({{"2026-11-23T08:00:00Z", "IN_PROGRESS"}, {"2026-11-23T17:00:00Z", "PENDING"}}),
                        "2026-11-23T20:00:00Z");
  CHECK_FALSE(c.resolution_clock().due);
  CHECK(c.resolution_clock().breached);
  CHECK(status(c) == SlaStatus::resolution_breached);
  CHECK(derived(c).settled == SlaStatus::resolution_breached);
}

TEST_CASE("what is late but still runs is not settled: its due time says it", "[sla]") {
  auto const c = clocks(history({{"2026-11-23T08:00:00Z", "IN_PROGRESS"}}), "2026-11-24T08:00:00Z");
  CHECK(status(c) == SlaStatus::resolution_breached);
  CHECK_FALSE(derived(c).settled);
  CHECK(derived(c).sla_deadline == at("2026-11-23T16:00:00Z"));
}

TEST_CASE("reopening begins a new generation, and keeps the old one", "[sla]") {
  auto const again = history({{"2026-11-23T08:00:00Z", "IN_PROGRESS"},
                              {"2026-11-23T18:00:00Z", "RESOLVED"},
                              {"2026-11-24T08:00:00Z", "CLOSED"},
                              {"2026-11-25T08:00:00Z", "IN_PROGRESS"}});
  auto const c = clocks(again, "2026-11-25T09:00:00Z");
  REQUIRE(c.all.size() == 3);
  CHECK(c.all[1].generation == 1);
  CHECK(c.all[1].breached);
  CHECK(c.resolution_clock().generation == 2);
  CHECK(c.resolution_clock().started == at("2026-11-25T08:00:00Z"));
  CHECK(c.resolution_clock().due == at("2026-11-25T16:00:00Z"));
  CHECK(status(c) == SlaStatus::on_track);
  CHECK_FALSE(derived(c).settled);
}

TEST_CASE("what has not happened yet is left out", "[sla]") {
  auto const later =
      history({{"2026-11-23T08:00:00Z", "OPEN"}, {"2026-11-23T09:00:00Z", "RESOLVED"}}, "2026-11-23T08:50:00Z");
  auto const c = clocks(later, "2026-11-23T08:30:00Z");
  CHECK(c.status == umsops::model::TicketStatus::open);
  CHECK(c.response_clock().running);
  CHECK(c.resolution_clock().used == 30min);
  auto const unborn = clocks(later, "2026-11-22T08:30:00Z");
  CHECK(unborn.resolution_clock().used == 0h);
  CHECK(unborn.now == at("2026-11-23T08:00:00Z"));
}

TEST_CASE("times that fall are read as the time before", "[sla]") {
  auto const c = clocks(
      history({{"2026-11-23T08:00:00Z", "OPEN"}, {"2026-11-23T07:00:00Z", "PENDING"}, {"2026-11-23T09:00:00Z", "OPEN"}},
              "2026-11-23T06:00:00Z"),
      "2026-11-23T10:00:00Z");
  CHECK(c.resolution_clock().used == 1h);
  CHECK(c.response_clock().ended == at("2026-11-23T08:00:00Z"));
}

TEST_CASE("a clock without target has no due time and breaches nothing", "[sla]") {
  auto const fresh = history({{"2026-11-23T08:00:00Z", "OPEN"}});
  auto const c = derive(targets(0h, 0h), kAlways, fresh, at("2027-11-23T08:00:00Z"));
  CHECK_FALSE(c.response_clock().due);
  CHECK_FALSE(c.resolution_clock().due);
  CHECK(status(c) == SlaStatus::on_track);
  CHECK_FALSE(derived(c).sla_deadline);
}

TEST_CASE("born resolved: a record of another desk", "[sla]") {
  auto const c = clocks(history({{"2026-11-23T08:00:00Z", "CLOSED"}}), "2026-11-24T08:00:00Z");
  CHECK(c.resolution_clock().ended == at("2026-11-23T08:00:00Z"));
  CHECK(c.resolution_clock().used == 0h);
  CHECK(status(c) == SlaStatus::met);
  CHECK_THROWS_AS(derive(kPolicy, kAlways, History{}, at("2026-11-24T08:00:00Z")), umsops::base::Error);
}

TEST_CASE("steps come due with the clock that they hang on", "[sla]") {
  auto const running = clocks(history({{"2026-11-23T08:00:00Z", "IN_PROGRESS"},
                                       {"2026-11-23T10:00:00Z", "PENDING"},
                                       {"2026-11-23T11:00:00Z", "IN_PROGRESS"}}),
                              "2026-11-23T12:00:00Z")
                           .resolution_clock();
  Step step;
  step.offset = Percent{-25};
  CHECK(step_due(kAlways, running, step) == at("2026-11-23T15:00:00Z"));
  step.offset = Milliseconds(-7h);
  CHECK(step_due(kAlways, running, step) == at("2026-11-23T09:00:00Z"));
  step.offset = Milliseconds(0);
  CHECK(step_due(kAlways, running, step) == at("2026-11-23T17:00:00Z"));
  step.offset = Milliseconds(2h);
  CHECK(step_due(kAlways, running, step) == at("2026-11-23T19:00:00Z"));
  step.clock = ClockKind::response;
  CHECK_FALSE(step_due(kAlways, running, step));
}

TEST_CASE("a paused clock has no steps ahead, an ended one none behind its end", "[sla]") {
  auto const paused = clocks(history({{"2026-11-23T08:00:00Z", "IN_PROGRESS"}, {"2026-11-23T17:00:00Z", "PENDING"}}),
                             "2026-11-24T12:00:00Z")
                          .resolution_clock();
  Step due, later, by_the_wall;
  later.offset = by_the_wall.offset = Milliseconds(2h);
  by_the_wall.working = false;
  CHECK(step_due(kAlways, paused, due) == at("2026-11-23T16:00:00Z"));
  CHECK_FALSE(step_due(kAlways, paused, later));
  CHECK_FALSE(step_due(kAlways, paused, by_the_wall));
  auto const ended = clocks(history({{"2026-11-23T08:00:00Z", "IN_PROGRESS"}, {"2026-11-23T18:00:00Z", "RESOLVED"}}),
                            "2026-11-24T12:00:00Z")
                         .resolution_clock();
  CHECK(step_due(kAlways, ended, later) == at("2026-11-23T18:00:00Z"));
  later.offset = Milliseconds(2h + 1ms);
  CHECK_FALSE(step_due(kAlways, ended, later));
}

TEST_CASE("a step by the clock on the wall does not wait for the morning", "[sla]") {
  Calendar const office = weekdays("UTC", {{9 * 60, 17 * 60}});
  auto const clock =
      derive(targets(0h, 8h), office, history({{"2026-11-23T09:00:00Z", "OPEN"}}), at("2026-11-23T09:00:00Z"))
          .resolution_clock();
  Step step;
  step.offset = Milliseconds(2h);
  CHECK(step_due(office, clock, step) == at("2026-11-24T11:00:00Z"));
  step.working = false;
  CHECK(step_due(office, clock, step) == at("2026-11-23T19:00:00Z"));
}

TEST_CASE("a policy may count what waits and what is resolved: then only the closing ends its clock", "[sla]") {
  Policy all = kPolicy;
  all.counts_also = {TicketStatus::pending, TicketStatus::resolved};
  auto const story = history({{"2026-11-23T08:00:00Z", "OPEN"},
                              {"2026-11-23T08:10:00Z", "IN_PROGRESS"},
                              {"2026-11-23T09:00:00Z", "PENDING"},
                              {"2026-11-23T15:00:00Z", "RESOLVED"},
                              {"2026-11-23T17:00:00Z", "CLOSED"}});
  auto const waiting = derive(all, kAlways, story, at("2026-11-23T12:00:00Z"));
  CHECK(waiting.resolution_clock().running);
  CHECK(waiting.resolution_clock().due == at("2026-11-23T16:00:00Z"));
  CHECK(status(waiting) == SlaStatus::on_track);
  CHECK(status(derive(all, kAlways, story, at("2026-11-23T15:30:00Z"))) == SlaStatus::at_risk);
  auto const closed = derive(all, kAlways, story, at("2026-11-24T00:00:00Z"));
  CHECK(closed.resolution_clock().used == 9h);
  CHECK(closed.resolution_clock().ended == at("2026-11-23T17:00:00Z"));
  CHECK(status(closed) == SlaStatus::resolution_breached);
  CHECK(closed.all.size() == 2);

  Policy waits = kPolicy;
  waits.counts_also = {TicketStatus::pending};
  CHECK(derive(waits, kAlways, story, at("2026-11-24T00:00:00Z")).resolution_clock().used == 7h);
  CHECK(derive(kPolicy, kAlways, story, at("2026-11-24T00:00:00Z")).resolution_clock().used == 1h);

  // What is stored says the same in every state, without the history.
  for (Policy const* policy : std::initializer_list<Policy const*>{&kPolicy, &all, &waits}) {
    for (auto now = at("2026-11-23T08:00:00Z"); now < at("2026-11-23T19:00:00Z"); now += 5min) {
      History so_far;
      for (auto const& change : story.states) {
        if (change.at <= now) so_far.states.push_back(change);
      }
      auto const truth = derive(*policy, kAlways, so_far, now);
      auto const kept = derived(truth);
      umsops::model::Ticket ticket;
      ticket.status = truth.status;
      ticket.sla_policy = "test";
      ticket.response_due_at = kept.response_due_at;
      ticket.resolution_due_at = kept.resolution_due_at;
      ticket.sla_deadline = kept.sla_deadline;
      ticket.sla_risk_at = kept.sla_risk_at;
      ticket.sla_breach = kept.settled;
      CHECK(umsops::model::sla_status_at(ticket, now) == status(truth));
    }
  }
}
