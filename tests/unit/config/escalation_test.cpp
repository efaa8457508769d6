// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/config/escalation_files.hpp"
#include "umsops/config/rule_files.hpp"
#include "unit/config/scratch.hpp"

using namespace umsops;
using model::Priority;

namespace {

std::vector<std::string> mistakes(std::string_view text) {
  tests::Scratch const scratch;
  std::vector<std::string> out;
  for (auto const& error : config::lint_file(scratch.write("e.yaml", text)))
    out.push_back(std::to_string(error.spot().line) + ":" + std::to_string(error.spot().column) + " " +
                  error.message());
  return out;
}

}  // namespace

TEST_CASE("an escalation file says whom to tell, and how often news are owed") {
  tests::Scratch const scratch;
  auto const book = config::read_escalation(scratch.write("e.yaml", R"(kind: escalation
policies:
  - name: sign-in
    severity: high
    types: [authentication_failure]
    services: [sso, 统一认证]
    multi_ack: 2
    repeat: 1
    steps:
      - {after: 5m, notify: [assignee, "oncall:primary"]}
      - {after: 1h30m, notify: ["audience:executives"]}
updates: {CRITICAL: 15m, HIGH: never}
)"));
  REQUIRE(book.policies.size() == 1);
  auto const& policy = book.policies[0];
  CHECK(policy.from == Priority::high);
  CHECK(policy.types == std::vector{model::IncidentType::authentication_failure});
  CHECK(policy.services == std::vector<std::string>{"sso", "统一认证"});
  CHECK(policy.acknowledgements == 2);
  CHECK(policy.repeat == 1);
  REQUIRE(policy.steps.size() == 2);
  CHECK(policy.steps[1].after == std::chrono::minutes(90));
  CHECK(policy.steps[0].notify == std::vector<std::string>{"assignee", "oncall:primary"});
  CHECK(book.updates[static_cast<std::size_t>(Priority::critical)] == base::Milliseconds(std::chrono::minutes(15)));
  CHECK_FALSE(book.updates[static_cast<std::size_t>(Priority::high)]);
  CHECK(book.updates[static_cast<std::size_t>(Priority::medium)] == base::Milliseconds(std::chrono::hours(4)));
}

TEST_CASE("what an escalation file does not name stays built in, and the example is sound") {
  tests::Scratch const scratch;
  CHECK(config::read_escalation(scratch.write("e.yaml", "updates: {LOW: 1d}\n")).policies.size() == 2);
  CHECK(config::read_escalation(scratch.write("f.yaml", "kind: escalation\npolicies: []\n")).policies.empty());
  CHECK(config::lint_file(UMSOPS_SOURCE_DIR "/examples/escalation.yaml").empty());
}

TEST_CASE("mistakes of an escalation file are told with their place") {
  CHECK(mistakes("kind: escalation\npolicies: {a: 1}\n").size() == 1);
  CHECK(mistakes("kind: escalation\nupdates: {CRITICAL: 10s, NONE: 1h}\n").size() == 2);
  CHECK(mistakes("kind: escalation\npolicies:\n  - {name: a, steps: [{after: 9001m, notify: [x]}]}\n").size() == 1);
  CHECK(mistakes("kind: escalation\npolicies:\n  - {name: a, steps: [{after: 1m, notify: []}]}\n").size() == 1);
  CHECK(mistakes("kind: escalation\npolicies:\n  - {name: a, steps: [{after: 1m, notify: ['crew:x', 'audience:x']}]}\n")
            .size() == 2);
  CHECK(mistakes("kind: escalation\npolicies:\n  - {name: a, repeat: 6, multi_ack: 21, steps: []}\n").size() == 3);
  auto const twice = mistakes(
      "kind: escalation\npolicies:\n  - {name: a, severity: HIGH, steps: [{after: 1m, notify: [x]}]}\n"
      "  - {name: a, severity: CRITICAL, steps: [{after: 1m, notify: [x]}]}\n");
  REQUIRE(twice.size() == 2);
  CHECK(twice[0].starts_with("4:5 "));
}
