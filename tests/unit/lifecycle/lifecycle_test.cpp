// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <functional>
#include <map>
#include <set>

#include "umsops/base/error.hpp"
#include "umsops/lifecycle/acts.hpp"

using namespace umsops;
using namespace umsops::lifecycle;
using S = TicketStatus;

namespace {

model::TimePoint at(int minutes) {
  return *base::parse_rfc3339("2026-11-23T09:00:00Z") + std::chrono::minutes(minutes);
}

Ticket ticket_in(S status) {
  Ticket ticket;
  ticket.ticket_number = "T-1";
  ticket.title = "x";
  ticket.status = status;
  ticket.created_at = at(0);
  if (status != S::open) ticket.assignee_id = "li.na";
  if (!model::is_open(status)) {
    ticket.resolved_at = at(10);
    ticket.resolution = "done";
  }
  if (status == S::closed) ticket.closed_at = at(20);
  return ticket;
}

std::string refused(std::function<void()> const& act) {
  try {
    act();
  } catch (base::Error const& error) {
    return std::string(error.code().code);
  }
  return "";
}

constexpr S kAll[] = {S::open, S::assigned, S::in_progress, S::pending, S::escalated, S::resolved, S::closed, S::spam};
constexpr base::Milliseconds kWindow{std::chrono::hours(24 * 14)};

}  // namespace

TEST_CASE("the states that can be reached are those of the design") {
  std::map<S, std::set<S>> const expected{
      {S::open, {S::assigned, S::in_progress, S::pending, S::escalated, S::resolved, S::spam}},
      {S::assigned, {S::open, S::in_progress, S::pending, S::escalated, S::resolved, S::spam}},
      {S::in_progress, {S::assigned, S::pending, S::escalated, S::resolved, S::spam}},
      {S::pending, {S::open, S::assigned, S::in_progress, S::escalated, S::resolved, S::spam}},
      {S::escalated, {S::in_progress, S::pending, S::resolved, S::spam}},
      {S::resolved, {S::closed, S::in_progress}},
      {S::closed, {S::in_progress}},
      {S::spam, {S::open}}};
  for (S const from : kAll) {
    auto const found = reachable(from);
    CHECK(std::set<S>(found.begin(), found.end()) == expected.at(from));
  }
}

TEST_CASE("each act leads where the table says, and is refused everywhere else") {
  for (S const from : kAll) {
    CAPTURE(model::to_string(from));
    auto const outcome = [&](Act act, std::function<Ticket()> const& run) {
      CAPTURE(to_string(act));
      auto const to = target(from, act, S::assigned);
      if (to) {
        CHECK(run().status == *to);
      } else {
        CHECK_FALSE(refused([&] { run(); }).empty());
      }
    };
    Ticket const ticket = ticket_in(from);
    outcome(Act::assign, [&] { return assigned(ticket, "wang.fang"); });
    outcome(Act::reply, [&] { return replied(ticket, at(5)); });
    outcome(Act::answer, [&] { return answered(ticket, S::assigned); });
    outcome(Act::pend, [&] { return pended(ticket, at(60), model::WakeUp::open, at(5)); });
    outcome(Act::wake, [&] { return woken(ticket, S::assigned); });
    if (from != S::spam) outcome(Act::spam, [&] { return marked_spam(ticket); });
    outcome(Act::escalate, [&] { return escalated(ticket, std::nullopt, false); });
    if (from != S::resolved) outcome(Act::resolve, [&] { return resolved(ticket, {"fixed", ""}, at(5)); });
    if (from != S::closed) outcome(Act::close, [&] { return closed(ticket, at(30)); });
    if (!model::is_open(from)) outcome(Act::reopen, [&] { return reopened(ticket, at(30), kWindow); });
  }
}

TEST_CASE("what a refusal tells") {
  try {
    closed(ticket_in(S::open), at(1));
    FAIL("closed an open ticket");
  } catch (base::Error const& error) {
    CHECK(error.code().code == "ticket.transition");
    CHECK(error.hint() == "allowed: ASSIGNED IN_PROGRESS PENDING ESCALATED RESOLVED SPAM");
    CHECK(error.details().at(0).find("allowed")->get_if<base::Value::List>()->size() == 6);
  }
}

TEST_CASE("the first reply of staff counts once") {
  Ticket const first = replied(ticket_in(S::assigned), at(12));
  CHECK(first.first_response_at == at(12));
  CHECK(first.response_time_minutes == 12);
  Ticket const second = replied(first, at(50));
  CHECK(second.first_response_at == at(12));
  CHECK(second.response_time_minutes == 12);
  CHECK_FALSE(answered(ticket_in(S::assigned), S::open).first_response_at);
}

TEST_CASE("waiting") {
  Ticket const ticket = ticket_in(S::in_progress);
  Ticket const waiting = pended(ticket, at(60), model::WakeUp::close, at(5));
  CHECK(waiting.pending_until == at(60));
  CHECK(waiting.pending_then == model::WakeUp::close);
  CHECK(refused([&] { pended(ticket, at(5), model::WakeUp::open, at(5)); }) == "ticket.wake_up_past");
  for (S const before : {S::open, S::assigned, S::in_progress, S::escalated}) {
    CHECK(woken(waiting, before).status == before);
    CHECK(answered(waiting, before).status == before);
  }
  CHECK_FALSE(woken(waiting, S::in_progress).pending_until);
  CHECK_FALSE(woken(waiting, S::in_progress).pending_then);
  CHECK(pended(waiting, at(90), model::WakeUp::open, at(6)).pending_until == at(90));
  CHECK(replied(waiting, at(7)).status == S::pending);
  CHECK_FALSE(pended(ticket, std::nullopt, model::WakeUp::close, at(5)).pending_then);
  CHECK_FALSE(resolved(waiting, {"x", ""}, at(9)).pending_until);
}

TEST_CASE("levels go up, and down only on purpose") {
  using model::Level;
  Ticket ticket = escalated(ticket_in(S::assigned), std::nullopt, false);
  CHECK(ticket.escalation_level == Level::level_1);
  ticket = escalated(ticket, std::nullopt, false);
  CHECK(ticket.escalation_level == Level::level_2);
  CHECK(refused([&] { escalated(ticket, Level::level_1, false); }) == "ticket.level");
  CHECK(escalated(ticket, Level::level_1, true).escalation_level == Level::level_1);
  ticket = escalated(ticket, Level::level_3, false);
  CHECK(refused([&] { escalated(ticket, std::nullopt, false); }) == "ticket.level");
  CHECK(escalated(ticket, Level::level_3, false).escalation_level == Level::level_3);
}

TEST_CASE("the end of a ticket, and its new beginning") {
  CHECK(refused([&] { resolved(ticket_in(S::open), {"", ""}, at(1)); }) == "ticket.resolution");
  Ticket const done = resolved(ticket_in(S::in_progress), {"cleared the lock", "KB-7"}, at(90));
  CHECK(done.resolved_at == at(90));
  CHECK(done.resolution_time_minutes == 90);
  CHECK(done.knowledge == "KB-7");
  CHECK(resolved(done, {"cleared the lock", ""}, at(95)).resolved_at == at(90));  // said again: nothing happens
  CHECK(refused([&] { resolved(done, {"something else", ""}, at(95)); }) == "ticket.transition");
  Ticket const over = closed(done, at(100));
  CHECK(closed(over, at(200)).closed_at == at(100));
  CHECK(refused([&] { replied(over, at(110)); }) == "ticket.closed");
  CHECK(refused([&] { answered(over, S::open); }) == "ticket.closed");
  Ticket const again = reopened(over, at(100) + kWindow, kWindow);
  CHECK(again.status == S::in_progress);
  CHECK(again.reopen_count == 1);
  CHECK_FALSE(again.resolved_at);
  CHECK_FALSE(again.closed_at);
  CHECK(again.resolution.empty());
  CHECK(refused([&] { reopened(over, at(101) + kWindow, kWindow); }) == "ticket.reopen_window");
  CHECK(reopened(done, at(90) + kWindow * 3, kWindow).reopen_count == 1);  // RESOLVED is not over
  CHECK(answered(done, S::open).reopen_count == 1);
  CHECK(reopened(again, at(500), kWindow).reopen_count == 1);
}

TEST_CASE("changing hands") {
  CHECK(assigned(ticket_in(S::in_progress), "li.na").status == S::in_progress);
  CHECK(assigned(ticket_in(S::in_progress), "wang.fang").status == S::assigned);
  CHECK(assigned(ticket_in(S::escalated), "wang.fang").status == S::escalated);
  CHECK(released(ticket_in(S::assigned)).status == S::open);
  CHECK(released(ticket_in(S::open)).status == S::open);
  CHECK(released(ticket_in(S::escalated)).assignee_id.empty());
  CHECK(refused([&] { assigned(ticket_in(S::resolved), "wang.fang"); }) == "ticket.transition");
  CHECK(refused([&] { released(ticket_in(S::closed)); }) == "ticket.transition");
}

TEST_CASE("what an act needs") {
  CHECK(to_string(need(Act::resolve)) == "resolution");
  CHECK(to_string(need(Act::assign)) == "assignee");
  CHECK(to_string(need(Act::reply)) == "text");
  CHECK(to_string(need(Act::close)) == "nothing");
}
