// SPDX-License-Identifier: Apache-2.0
#include "umsops/desk/runbook_desk.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

#include "fixture.hpp"
#include "umsops/desk/response_desk.hpp"

using namespace umsops;
using runbook::Execution;
using runbook::State;
using runbook::Worker;
using tests::code_of;
using tests::DeskFixture;

namespace {

Worker const kHere{"here", "1"}, kThere{"there", "2"};

Execution fresh(std::string const& incident = {}, std::string const& id = {}) {
  Execution out;
  out.runbook = "r";
  out.text = "kind: runbook";
  out.incident = incident;
  out.incident_id = id;
  out.worker = kHere;
  out.steps.resize(2);
  return out;
}

model::Incident incident(DeskFixture& f) {
  desk::NewIncident wanted;
  wanted.sets.emplace_back(model::incident_type().require("title"), "sign-in fails");
  return f.desk.incidents().create(wanted, {}).incident;
}

Execution begin(DeskFixture& f, Execution execution) {
  return f.desk.runbooks().begin(std::move(execution), {"begun", "", "begun", {}});
}

void any(Execution const&) {}

}  // namespace

TEST_CASE("an execution is stored, and is its worker's") {
  DeskFixture f;
  auto const one = incident(f);
  auto execution = begin(f, fresh(one.incident_number, one.id));
  CHECK(execution.n == 1);
  CHECK_FALSE(execution.name.empty());
  execution.steps[0].state = runbook::StepState::succeeded;
  execution.steps[0].output = "线路正常\n";
  auto& runbooks = f.desk.runbooks();
  CHECK(code_of([&] { runbooks.store(execution, kThere, {"step", "", "", {}}); }) == "runbook.lost");
  execution = runbooks.store(execution, kHere, {"step", "a", "step a", {{"step", "a"}}});
  auto const found = runbooks.find("R-1");
  CHECK(runbook::packed(found) == runbook::packed(execution));
  CHECK(found.incident == one.incident_number);
  CHECK(found.text == "kind: runbook");
  CHECK(runbooks.of_incident(one.id).size() == 1);
  CHECK(code_of([&] { runbooks.find("R-2"); }) == "runbook.no_execution");
  auto const shown = f.desk.incidents().show(one.id);
  CHECK(std::count_if(shown.timeline.begin(), shown.timeline.end(),
                      [](auto const& entry) { return entry.kind == model::TimelineKind::step; }) == 2);
  CHECK(f.desk.store().verify({}).findings.empty());
}

TEST_CASE("one at a time for an incident, and one for none") {
  DeskFixture f;
  auto const one = incident(f), two = incident(f);
  begin(f, fresh(one.incident_number, one.id));
  CHECK(code_of([&] { begin(f, fresh(one.incident_number, one.id)); }) == "runbook.busy");
  begin(f, fresh(two.incident_number, two.id));
  begin(f, fresh());
  CHECK(code_of([&] { begin(f, fresh()); }) == "runbook.busy");
  auto over = f.desk.runbooks().find("R-3");
  over.state = State::failed;
  over.worker.reset();
  f.desk.runbooks().store(over, kHere, {"finished", "", "", {}});
  begin(f, fresh());
  // The one that failed cannot be taken up beside the new one.
  CHECK(code_of([&] { f.desk.runbooks().take("R-3", kThere, f.clock.now(), any); }) == "runbook.busy");
}

TEST_CASE("who takes an execution over shuts the one before out") {
  DeskFixture f;
  auto execution = begin(f, fresh());
  auto& runbooks = f.desk.runbooks();
  CHECK_THROWS(runbooks.take("R-1", kThere, f.clock.now(), [](auto const& now) {
    CHECK(now.worker == kHere);
    throw base::Error(base::errors::runbook_running, {});
  }));
  CHECK(runbooks.find("R-1").worker == kHere);
  auto const taken = runbooks.take("R-1", kThere, f.clock.now(), any);
  CHECK(taken.worker == kThere);
  CHECK(code_of([&] { runbooks.store(execution, kHere, {"step", "", "", {}}); }) == "runbook.lost");
  runbooks.store(taken, kThere, {"step", "", "", {}});
}

TEST_CASE("phases of the response") {
  DeskFixture f;
  auto const one = incident(f);
  auto& responses = f.desk.responses();
  auto const current = [&] { return responses.look(one.id).current; };
  CHECK(current() == desk::Phase::assess);
  CHECK(code_of([&] { responses.close(one.id, desk::Phase::assess, false, ""); }) == "incident.phase");
  CHECK(code_of([&] { responses.close(one.id, desk::Phase::handle, true, "no time"); }) == "incident.phase");
  f.desk.incidents().assess({one.id}, {}, desk::Batch::atomic);
  responses.close(one.id, desk::Phase::assess, false, "");
  CHECK(current() == desk::Phase::notify);
  responses.notify(one.id);
  responses.notify(one.id);  // nobody is told twice
  responses.close(one.id, desk::Phase::notify, false, "");
  responses.close(one.id, desk::Phase::activate, true, "nobody is there");
  auto const response = responses.look(one.id);
  CHECK(response.current == desk::Phase::handle);
  CHECK(response.phases[0].state == desk::PhaseState::done);
  CHECK(response.phases[2].state == desk::PhaseState::forced);
  CHECK(response.phases[2].reason == "nobody is there");
  CHECK(response.phases[4].state == desk::PhaseState::ahead);
}

TEST_CASE("recovery needs checks of both kinds") {
  DeskFixture f;
  auto const one = incident(f);
  auto& responses = f.desk.responses();
  auto const status = [&] { return f.desk.incidents().show(one.id).incident.status; };
  responses.start(one.id);
  desk::CheckEvidence service{false, true, 3, f.clock.now(), f.clock.now(), {"sso/1"}, ""};
  desk::CheckEvidence access{true, true, 3, f.clock.now(), f.clock.now(), {"sso/1"}, ""};
  responses.verify(one.id, {service});
  CHECK(status() == model::IncidentStatus::in_progress);
  responses.verify(one.id, {service, access});
  CHECK(status() == model::IncidentStatus::recovered);
  access.passed = false;
  access.problem = "sso/1: exit 1";
  responses.verify(one.id, {service, access});
  CHECK(status() == model::IncidentStatus::in_progress);
}

TEST_CASE("an incident is resolved with what its runbook states") {
  DeskFixture f;
  auto const one = incident(f);
  auto execution = fresh(one.incident_number, one.id);
  execution.resolution = "重启认证服务并恢复数据库连接";
  execution.root_cause = "认证服务异常终止导致";
  execution = begin(f, std::move(execution));
  f.desk.incidents().verify({one.id}, {true, "works"}, {}, desk::Batch::atomic);
  auto const resolve = [&](std::string text) {
    desk::IncidentResolve resolution;
    resolution.text = std::move(text);
    return f.desk.incidents().resolve({one.id}, resolution, {}, desk::Batch::atomic).at(0);
  };
  CHECK(code_of([&] { resolve(""); }) == "incident.resolution");  // it has not come to its end
  execution.state = State::succeeded;
  f.desk.runbooks().store(execution, kHere, {"finished", "", "", {}});
  SECTION("unless told otherwise") { CHECK(resolve("something else").done->incident.resolution == "something else"); }
  SECTION("where nothing is said") {
    auto const done = resolve("").done->incident;
    CHECK(done.resolution == "重启认证服务并恢复数据库连接");
    CHECK(done.root_cause == "认证服务异常终止导致");
  }
}
