// SPDX-License-Identifier: Apache-2.0
#include "umsops/ladder/incident_escalation.hpp"

#include <catch2/catch.hpp>

using namespace umsops;
using namespace umsops::ladder;
using model::Priority;
using S = model::IncidentStatus;

namespace {

base::TimePoint at(int minutes) { return *base::parse_rfc3339("2026-11-23T09:00:00Z") + std::chrono::minutes(minutes); }

EscalationPolicy two_steps(int repeat = 0) {
  EscalationPolicy policy;
  policy.name = "p";
  policy.repeat = repeat;
  policy.steps = {{std::chrono::minutes(5), {"a"}}, {std::chrono::minutes(10), {"b"}}};
  return policy;
}

model::Incident waiting(Priority severity = Priority::high) {
  model::Incident incident;
  incident.severity = severity;
  incident.escalation_from = incident.last_update_at = at(0);
  return incident;
}

/// All steps one after the other, each as its id and minute.
std::vector<std::pair<std::string, base::TimePoint>> all(EscalationPolicy const& policy,
                                                         model::Incident const& incident) {
  std::vector<std::pair<std::string, base::TimePoint>> steps;
  Taken taken;
  for (auto step = next_step(&policy, incident, taken); step; step = next_step(&policy, incident, taken)) {
    taken.emplace(generation_of(*incident.escalation_from), step->id);
    steps.emplace_back(step->id, step->at);
  }
  return steps;
}

}  // namespace

TEST_CASE("steps follow one another, and begin again as often as the policy says") {
  using Steps = std::vector<std::pair<std::string, base::TimePoint>>;
  CHECK(all(two_steps(), waiting()) == Steps{{"1.1", at(5)}, {"1.2", at(15)}});
  CHECK(all(two_steps(1), waiting()) == Steps{{"1.1", at(5)}, {"1.2", at(15)}, {"2.1", at(20)}, {"2.2", at(30)}});
}

TEST_CASE("a clock that begins anew takes all steps anew") {
  auto const policy = two_steps();
  auto incident = waiting();
  Taken const taken{{generation_of(at(0)), "1.1"}, {generation_of(at(0)), "1.2"}};
  CHECK_FALSE(next_step(&policy, incident, taken));
  incident.escalation_from = at(60);
  auto const step = next_step(&policy, incident, taken);
  REQUIRE(step);
  CHECK(step->id == "1.1");
  CHECK(step->at == at(65));
}

TEST_CASE("nobody is told of what somebody has seen, is over, or is muted") {
  auto const policy = two_steps();
  auto const stops = [&](auto const& change) {
    auto incident = waiting();
    change(incident);
    return !next_step(&policy, incident, {});
  };
  CHECK_FALSE(stops([](auto&) {}));
  CHECK(stops([](auto& incident) { incident.acknowledgers = {"li.na"}; }));
  CHECK(stops([](auto& incident) { incident.escalation_from.reset(); }));
  CHECK(stops([](auto& incident) { incident.status = S::recovered; }));
  CHECK(stops([](auto& incident) { incident.status = S::closed; }));
  CHECK(stops([](auto& incident) { incident.silenced_by = {"S-1"}; }));
  CHECK(stops([](auto& incident) { incident.inhibited_by = {"INC-1 rule"}; }));
  auto both = policy;
  both.acknowledgements = 2;
  auto incident = waiting();
  incident.acknowledgers = {"li.na"};
  CHECK(next_step(&both, incident, {}));
  incident.acknowledgers.emplace_back("wang.fang");
  CHECK_FALSE(next_step(&both, incident, {}));
}

TEST_CASE("the first policy that matches an incident counts") {
  Escalation book;
  book.policies = {two_steps(), two_steps(), two_steps(), two_steps()};
  for (std::size_t i = 0; i < book.policies.size(); ++i) book.policies[i].name = std::to_string(i);
  book.policies[0].services = {"sso"};
  book.policies[1].types = {model::IncidentType::database_issue};
  book.policies[2].from = Priority::high;
  book.policies[3].from = Priority::medium;
  auto const chosen = [&](model::Incident const& incident) {
    auto const* policy = policy_for(book, incident);
    return policy ? policy->name : "-";
  };
  auto incident = waiting(Priority::critical);
  CHECK(chosen(incident) == "2");
  incident.affected_services = {"wiki", "sso"};
  CHECK(chosen(incident) == "0");
  incident.affected_services.clear();
  incident.type = model::IncidentType::database_issue;
  CHECK(chosen(incident) == "1");
  CHECK(chosen(waiting(Priority::medium)) == "3");
  CHECK(chosen(waiting(Priority::low)) == "-");
}

TEST_CASE("news are owed by severity while an incident is open and heard") {
  auto const book = builtin_escalation();
  CHECK(update_due(book, waiting(Priority::critical)) == at(30));
  CHECK(update_due(book, waiting(Priority::high)) == at(60));
  CHECK(update_due(book, waiting(Priority::medium)) == at(240));
  CHECK_FALSE(update_due(book, waiting(Priority::low)));
  auto incident = waiting(Priority::critical);
  incident.status = S::recovered;
  CHECK(update_due(book, incident) == at(30));
  incident.silenced_by = {"S-1"};
  CHECK_FALSE(update_due(book, incident));
  incident.silenced_by.clear();
  incident.status = S::resolved;
  CHECK_FALSE(update_due(book, incident));
}
