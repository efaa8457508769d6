// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/runbook/execution.hpp"

using namespace umsops::runbook;
using umsops::base::Milliseconds;
using umsops::base::TimePoint;
using What = Next::What;

namespace {

TimePoint const kNow{Milliseconds{1'000'000}};
Worker const kWorker{"here", "1 2 3"};

Step step(std::string id, StepKind kind) {
  Step out;
  out.id = std::move(id);
  out.kind = kind;
  if (kind == StepKind::manual || kind == StepKind::approve) {
    out.text = "please";
  } else {
    out.action.command = {"true"};
  }
  return out;
}

Action action() {
  Action out;
  out.command = {"true"};
  return out;
}

Runbook three() {
  Runbook out;
  out.id = "r";
  out.steps = {step("look", StepKind::check), step("mend", StepKind::run), step("works", StepKind::verify)};
  return out;
}

Result exited(std::int64_t code) {
  Result out;
  out.exit = code;
  out.ok = code == 0;
  out.output = "said\n";
  return out;
}

/// Performs what is next, with that result.
Execution performed(Runbook const& runbook, Execution execution, Result const& result) {
  auto const next = next_of(runbook, execution);
  REQUIRE(next.what == What::perform);
  execution = with_begin(std::move(execution), next, kWorker, kNow, kNow);
  return with_result(runbook, std::move(execution), next, result, kNow);
}

}  // namespace

TEST_CASE("steps follow each other to the end") {
  auto const runbook = three();
  auto execution = begun(runbook, {}, {});
  for (std::size_t i = 0; i < 3; ++i) {
    auto const next = next_of(runbook, execution);
    CHECK(next.what == What::perform);
    CHECK(next.step == i);
    execution = performed(runbook, execution, exited(0));
    CHECK(execution.steps[i].state == StepState::succeeded);
  }
  auto const next = next_of(runbook, execution);
  CHECK(next.what == What::end);
  CHECK(next.end == State::succeeded);
  execution = with_rest(runbook, execution, next, kNow);
  CHECK(execution.state == State::succeeded);
  CHECK(execution.ended_at == kNow);
  CHECK_FALSE(execution.worker);
  CHECK_FALSE(is_live(execution.state));
}

TEST_CASE("a check that says no stops nothing") {
  auto const runbook = three();
  auto execution = performed(runbook, begun(runbook, {}, {}), exited(3));
  CHECK(execution.steps[0].state == StepState::succeeded);
  CHECK_FALSE(execution.steps[0].ok);
  CHECK(next_of(runbook, execution).step == 1);

  Result late;
  late.how = Result::How::timed_out;
  execution = performed(runbook, begun(runbook, {}, {}), late);
  CHECK(execution.steps[0].state == StepState::timed_out);
  CHECK(next_of(runbook, execution).step == 1);
}

TEST_CASE("retries wait longer each time, then the step has failed") {
  auto runbook = three();
  runbook.steps[1].retries = 2;
  auto execution = performed(runbook, begun(runbook, {}, {}), exited(0));
  execution = performed(runbook, execution, exited(1));
  auto next = next_of(runbook, execution);
  CHECK(next.step == 1);
  CHECK(next.after == Milliseconds(1000));
  execution = performed(runbook, execution, exited(1));
  CHECK(next_of(runbook, execution).after == Milliseconds(2000));
  execution = performed(runbook, execution, exited(1));
  next = next_of(runbook, execution);
  CHECK(next.what == What::end);
  CHECK(next.end == State::failed);
  CHECK(next.step == 1);
  CHECK(execution.steps[1].attempts == 3);

  SECTION("a retry begins it anew, and nothing before it") {
    execution = with_retry(runbook, with_rest(runbook, execution, next, kNow));
    CHECK(execution.steps[0].state == StepState::succeeded);
    next = next_of(runbook, execution);
    CHECK(next.what == What::perform);
    CHECK(next.step == 1);
    CHECK(next.after == Milliseconds(0));
  }
}

TEST_CASE("the retries of verify are passes within one attempt") {
  auto runbook = three();
  runbook.steps.erase(runbook.steps.begin(), runbook.steps.begin() + 2);
  runbook.steps[0].retries = 5;
  auto const execution = performed(runbook, begun(runbook, {}, {}), exited(1));
  CHECK(next_of(runbook, execution).what == What::end);
}

TEST_CASE("on_error recovers") {
  auto runbook = three();
  runbook.steps[1].on_error = action();
  auto execution = performed(runbook, begun(runbook, {}, {}), exited(0));
  execution = performed(runbook, execution, exited(1));
  CHECK(next_of(runbook, execution).part == Part::on_error);
  SECTION("and the next step follows") {
    execution = performed(runbook, execution, exited(0));
    CHECK(execution.steps[1].state == StepState::recovered);
    CHECK(next_of(runbook, execution).step == 2);
  }
  SECTION("or it fails, too") {
    execution = performed(runbook, execution, exited(1));
    CHECK(next_of(runbook, execution).what == What::end);
  }
}

TEST_CASE("what was cut off") {
  auto runbook = three();
  auto execution = performed(runbook, begun(runbook, {}, {}), exited(0));
  auto const begin = [&] { return with_begin(execution, next_of(runbook, execution), kWorker, kNow, kNow); };

  SECTION("a step that only asks is asked again") {
    auto const fresh = begun(runbook, {}, {});
    auto const next = next_of(runbook, with_begin(fresh, next_of(runbook, fresh), kWorker, kNow, kNow));
    CHECK(next.what == What::perform);
    CHECK(next.part == Part::main);
  }
  SECTION("without a check nobody but a person knows") {
    auto cut = begin();
    auto const next = next_of(runbook, cut);
    CHECK(next.what == What::ask);
    cut = with_rest(runbook, cut, next, kNow);
    CHECK(cut.state == State::unknown);
    CHECK(next_of(runbook, cut).what == What::ask);
    auto const done = with_word(cut, 1, true, "li.na", "I saw it", kNow);
    CHECK(done.steps[1].state == StepState::succeeded);
    CHECK(done.steps[1].by == "li.na");
    CHECK(next_of(runbook, done).step == 2);
    auto const not_done = next_of(runbook, with_word(cut, 1, false, "li.na", "", kNow));
    CHECK(not_done.what == What::perform);
    CHECK(not_done.step == 1);
  }
  SECTION("its check tells") {
    runbook.steps[1].probe = action();
    auto cut = begin();
    auto const next = next_of(runbook, cut);
    CHECK(next.part == Part::probe);
    auto const there = performed(runbook, cut, exited(0));
    CHECK(there.steps[1].state == StepState::succeeded);
    CHECK(next_of(runbook, there).step == 2);
    auto const not_there = performed(runbook, cut, exited(1));
    CHECK(not_there.steps[1].state == StepState::pending);
    CHECK(next_of(runbook, not_there).part == Part::main);
    Result none;
    none.how = Result::How::not_started;
    CHECK(next_of(runbook, performed(runbook, cut, none)).what == What::ask);
  }
}

TEST_CASE("people") {
  Runbook runbook;
  runbook.steps = {step("do", StepKind::manual), step("ok", StepKind::approve)};
  auto execution = begun(runbook, {}, {});
  auto next = next_of(runbook, execution);
  CHECK(next.what == What::wait);
  execution = with_rest(runbook, execution, next, kNow);
  CHECK(execution.state == State::waiting_manual);
  CHECK(is_live(execution.state));
  execution = with_word(execution, 0, true, "li.na", "", kNow);
  next = next_of(runbook, execution);
  CHECK(next.step == 1);
  execution = with_rest(runbook, execution, next, kNow);
  CHECK(execution.state == State::waiting_approval);
  CHECK(next_of(runbook, with_word(execution, 1, true, "wang", "", kNow)).end == State::succeeded);
}

TEST_CASE("rollbacks run from the last step to the first, of what may have had an effect") {
  auto runbook = three();
  runbook.steps.insert(runbook.steps.begin() + 2, step("more", StepKind::run));
  for (auto& one : runbook.steps) one.rollback = action();
  auto execution = performed(runbook, begun(runbook, {}, {}), exited(0));
  execution = performed(runbook, execution, exited(0));
  execution = performed(runbook, execution, exited(1));
  execution.cancelling = true;
  std::vector<std::size_t> order;
  for (auto next = next_of(runbook, execution); next.what == What::perform; next = next_of(runbook, execution)) {
    CHECK(next.part == Part::rollback);
    order.push_back(next.step);
    execution = performed(runbook, execution, exited(next.step == 1 ? 1 : 0));
  }
  CHECK(order == std::vector<std::size_t>{2, 1, 0});
  CHECK(execution.steps[2].rollback == Rollback::done);
  CHECK(execution.steps[1].rollback == Rollback::failed);
  CHECK(execution.steps[3].rollback == Rollback::none);
  CHECK(next_of(runbook, execution).end == State::cancelled);
  execution.failing = true;
  CHECK(next_of(runbook, execution).end == State::failed);
  execution.as_it_is = true;
  CHECK(next_of(runbook, execution).what == What::end);
}

TEST_CASE("a rollback that was cut off is asked for") {
  auto runbook = three();
  runbook.steps[1].rollback = action();
  auto execution = performed(runbook, begun(runbook, {}, {}), exited(0));
  execution = performed(runbook, execution, exited(0));
  execution.cancelling = true;
  execution = with_begin(execution, next_of(runbook, execution), kWorker, kNow, kNow);
  auto const next = next_of(runbook, execution);
  CHECK(next.what == What::ask);
  execution = with_rest(runbook, execution, next, kNow);
  CHECK(next_of(runbook, with_word(execution, 1, true, "li.na", "", kNow)).end == State::cancelled);
  CHECK(next_of(runbook, with_word(execution, 1, false, "li.na", "", kNow)).part == Part::rollback);
}

TEST_CASE("an execution packs into a value and comes back") {
  auto const runbook = three();
  auto execution = performed(runbook, begun(runbook, {{"a", "b"}}, {{"title", "t"}}), exited(7));
  execution.name = "01";
  execution.started_by = "li.na";
  execution.started_at = execution.updated_at = kNow;
  execution.cancelling = true;
  auto const value = packed(execution);
  Execution back;
  back.started_at = kNow;
  unpack(value, back);
  CHECK(packed(back) == value);
  CHECK(back.worker == execution.worker);
  CHECK(back.steps[0].exit == 7);
  CHECK(back.inputs == execution.inputs);
  CHECK_THROWS(unpack(umsops::base::Value(), back));
}

TEST_CASE("ids of executions") {
  CHECK(execution_id(3) == "R-3");
  for (auto const* const text : {"R-3", "r-3", "#3", "3"}) CHECK(parse_execution_id(text) == 3);
  for (auto const* const text : {"", "R-", "R-0", "R--3", "S-3", "3x", "-3"}) CHECK_FALSE(parse_execution_id(text));
}

TEST_CASE("going back, everything from there on is done anew, and what it has left can still be taken back") {
  auto runbook = three();
  runbook.steps[1].rollback = action();
  auto execution = performed(runbook, begun(runbook, {}, {}), exited(0));
  execution = performed(runbook, execution, exited(0));
  execution = with_start_at(execution, 1, "li.na", "", kNow);
  CHECK(execution.steps[0].state == StepState::succeeded);
  CHECK(execution.steps[1].state == StepState::pending);
  CHECK(execution.steps[1].attempts == 0);
  CHECK(next_of(runbook, execution).step == 1);
  execution.cancelling = true;
  auto const next = next_of(runbook, execution);
  CHECK(next.part == Part::rollback);
  CHECK(next.step == 1);
}

TEST_CASE("going forth, what is not finished is passed over and stays as it is") {
  auto runbook = three();
  auto execution = performed(runbook, begun(runbook, {}, {}), exited(0));
  execution = performed(runbook, execution, exited(1));
  REQUIRE(next_of(runbook, execution).end == State::failed);
  execution = with_start_at(execution, 2, "li.na", "mended by hand", kNow);
  CHECK(execution.steps[1].state == StepState::failed);
  CHECK(execution.steps[1].note == "passed over: mended by hand");
  CHECK(execution.steps[1].by == "li.na");
  CHECK(next_of(runbook, execution).step == 2);

  Execution read;
  unpack(packed(execution), read);
  CHECK(next_of(runbook, read).step == 2);

  auto waiting = with_start_at(begun(runbook, {}, {}), 1, "li.na", "", kNow);
  CHECK(waiting.steps[0].state == StepState::skipped);
  waiting.steps[1].state = StepState::running;  // cut off
  CHECK(with_start_at(waiting, 2, "li.na", "", kNow).steps[1].state == StepState::unknown);
}
