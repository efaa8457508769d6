// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/base/json.hpp"
#include "umsops/runbook/plan.hpp"

using namespace umsops::runbook;
using umsops::base::Error;

namespace {

std::string quote(std::string_view text) { return "<" + std::string(text) + ">"; }

Runbook one_step(Words command) {
  Runbook out;
  out.id = "r";
  out.hash = "h";
  out.secrets = {{"pw", {"pass"}}};
  out.hosts = {{"db1", {"ssh", "--", "db1"}, true}, {"box", {"docker", "exec", "box"}, false}};
  Step step;
  step.id = "s";
  step.action.command = std::move(command);
  out.steps.push_back(std::move(step));
  return out;
}

std::string code_of(std::string_view text) {
  try {
    holes_of(text);
  } catch (Error const& error) {
    return std::string(error.code().code);
  }
  return {};
}

}  // namespace

TEST_CASE("holes") {
  auto const holes = holes_of("a {{inputs.x}} {{ steps.s.output }}");
  REQUIRE(holes.size() == 2);
  CHECK(holes[0].name == "inputs.x");
  CHECK(holes[1].name == "steps.s.output");
  CHECK(holes_of("{a} }} { {").empty());
  for (auto const* const text : {"{{", "{{}}", "{{a b}}", "{{a{b}}", "x{{a"}) CHECK(code_of(text) == "config.invalid");
}

TEST_CASE("a word stays one word, whatever fills it") {
  auto const runbook = one_step({"echo", "--", "{{inputs.x}}"});
  auto const fill = [](std::string_view) { return std::optional<std::string>("; rm -rf / $(x) \n{{inputs.x}}"); };
  auto const action = resolved(runbook, runbook.steps[0].action, fill, quote);
  REQUIRE(action.command.size() == 3);
  CHECK(action.command[2] == "; rm -rf / $(x) \n{{inputs.x}}");
}

TEST_CASE("a hole that nothing fills is an error") {
  auto const runbook = one_step({"echo", "{{steps.a.output}}"});
  CHECK_THROWS_AS(resolved(
                      runbook, runbook.steps[0].action, [](auto) { return std::optional<std::string>(); }, quote),
                  Error);
}

TEST_CASE("a host's prefix, quoted where a shell reads what follows it") {
  auto runbook = one_step({"restart", "a b"});
  auto const none = [](std::string_view) { return std::optional<std::string>(); };
  runbook.steps[0].action.host = "db1";
  CHECK(resolved(runbook, runbook.steps[0].action, none, quote).command ==
        Words{"ssh", "--", "db1", "<restart>", "<a b>"});
  runbook.steps[0].action.host = "box";
  CHECK(resolved(runbook, runbook.steps[0].action, none, quote).command ==
        Words{"docker", "exec", "box", "restart", "a b"});
}

TEST_CASE("a plan masks secrets, and its hash stands for all of it") {
  auto runbook = one_step({"echo", "{{inputs.x}}", "{{steps.s.output}}"});
  runbook.steps[0].action.environment = {{"PW", "{{secrets.pw}}"}};
  auto const plan = plan_of(runbook, {{"x", "1"}}, "INC-1", {{"title", "t"}}, quote);
  auto const text = umsops::base::to_json(plan.steps);
  CHECK(text.find("\"PW\":\"***\"") != std::string::npos);
  CHECK(text.find("[\"echo\",\"1\",\"{{steps.s.output}}\"]") != std::string::npos);
  CHECK(plan.hash.size() == 64);
  CHECK(plan_of(runbook, {{"x", "1"}}, "INC-1", {{"title", "t"}}, quote).hash == plan.hash);
  CHECK(plan_of(runbook, {{"x", "2"}}, "INC-1", {{"title", "t"}}, quote).hash != plan.hash);
  CHECK(plan_of(runbook, {{"x", "1"}}, "INC-2", {{"title", "t"}}, quote).hash != plan.hash);
  CHECK(plan_of(runbook, {{"x", "1"}}, "INC-1", {{"title", "u"}}, quote).hash != plan.hash);
  runbook.hash = "i";
  CHECK(plan_of(runbook, {{"x", "1"}}, "INC-1", {{"title", "t"}}, quote).hash != plan.hash);
}

TEST_CASE("inputs") {
  Runbook runbook;
  runbook.inputs = {{"host", "", InputType::text, std::nullopt, {}},
                    {"count", "", InputType::integer, "3", {}},
                    {"force", "", InputType::boolean, "false", {}},
                    {"role", "", InputType::choice, "primary", {"primary", "replica"}}};
  CHECK(checked_inputs(runbook, {{"host", "a"}, {"role", "replica"}}) ==
        Pairs{{"host", "a"}, {"count", "3"}, {"force", "false"}, {"role", "replica"}});
  for (Pairs const& wrong : {Pairs{},
                             {{"host", ""}},
                             {{"host", "a\nb"}},
                             {{"host", "a"}, {"count", "x"}},
                             {{"host", "a"}, {"force", "yes"}},
                             {{"host", "a"}, {"role", "x"}},
                             {{"hots", "a"}}})
    CHECK_THROWS_AS(checked_inputs(runbook, wrong), Error);
}

TEST_CASE("what of an incident a runbook speaks of") {
  auto runbook = one_step({"echo", "{{incident.title}}", "{{inputs.x}}"});
  runbook.steps[0].looked_at = {"incident.severity", "steps.s.ok"};
  runbook.environment = {{"N", "{{incident.number}}"}};
  CHECK(mentioned_facts(runbook) == Words{"number", "severity", "title"});
}

TEST_CASE("names know attributes of the incident") {
  Names const names({}, {"look"});
  CHECK(names.knows("incident.attributes.host"));
  CHECK(names.knows("incident.title"));
  CHECK(names.knows("steps.look.ok"));
  for (auto const* const name : {"incident.attributes", "incident.attributes.", "incident.attributes.Host",
                                 "incident.host", "attributes.host", "steps.look.attributes.x"})
    CHECK_FALSE(names.knows(name));
}
