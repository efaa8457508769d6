// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/base/error.hpp"
#include "unit/rules/builders.hpp"
#include "unit/rules/probe.hpp"

using namespace umsops;
using namespace umsops::rules;

namespace {

RuleSource probe_source(std::vector<Rule> rules) {
  RuleSource source;
  source.target = &probe_target();
  source.rules = std::move(rules);
  return source;
}

std::string refusal(Rule one) {
  try {
    RuleSet::compile(probe_source({std::move(one)}));
  } catch (base::Error const& error) {
    return error.message();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("rules for another kind of record look at its fields and set its fields") {
  Rule extracting = rule("state", regex("is (?P<state>\\w+)"), {});
  extracting.extracts = {{"state", "state"}};
  RuleSource source = probe_source({rule("pump", keywords({"pump"}), {{"category", "water"}}), extracting});
  source.defaults = {{"state", "cold"}};
  auto const set = RuleSet::compile(source);

  auto const verdict = set.classify({{"label", "the pump is warm"}, {"title", "the pump is hot"}});
  CHECK(verdict.hits.size() == 2);
  CHECK(verdict.hits[0].matches[0].fact == "label");
  REQUIRE(verdict.outcomes.size() == 2);
  CHECK(verdict.outcomes[0].field == "state");  // in the order of the target
  CHECK(verdict.outcomes[0].value == "WARM");
  CHECK(value_of(verdict, "category") == "water");

  CHECK(value_of(set.classify({{"label", "a valve"}}), "state") == "COLD");
  CHECK(set.classify(title("the pump")).outcomes.empty());  // a probe has no title: there is no text
}

TEST_CASE("fields of another kind of record are refused") {
  CHECK(refusal(rule("a", keywords({"x"}), {{"state", "hot"}})) == "accepted");
  CHECK(refusal(rule("a", keywords({"x"}, {"title"}), {{"state", "HOT"}})) == "probe has no field \"title\"");
  CHECK(refusal(rule("a", keywords({"x"}), {{"priority", "HIGH"}})) == "\"priority\" is no field that a rule can set");
  CHECK(refusal(rule("a", keywords({"x"}), {{"label", "x"}})) == "\"label\" is no field that a rule can set");
  CHECK(refusal(rule("a", keywords({"x"}), {{"state", "TEPID"}})) == "\"TEPID\" is no state");
  CHECK(refusal(rule("a", exists("attributes.host"), {{"state", "HOT"}})) == "probe has no field \"attributes.host\"");
  CHECK(refusal(rule("a", keywords({"x"}), {{"attributes.host", "x"}})) ==
        "\"attributes.host\" is no field that a rule can set");
}

TEST_CASE("an image is used only for the kind of record that it was made for") {
  auto const rules = [] { return std::vector{rule("a", keywords({"x"}), {{"category", "x"}})}; };
  auto const set = RuleSet::compile(probe_source(rules()));
  auto const again = RuleSet::from_image(set.image(), nullptr, RuleSet::Sum::checked, probe_target());
  CHECK(again.version() == set.version());
  CHECK_THROWS_AS(RuleSet::from_image(set.image(), nullptr), base::Error);
  CHECK_THROWS_AS(RuleSet::from_image(compiled(rules()).image(), nullptr, RuleSet::Sum::checked, probe_target()),
                  base::Error);
}

TEST_CASE("the version of rules tells one kind of record from another, and stays the same for tickets") {
  auto const rules = [] { return std::vector{rule("a", keywords({"x"}, {"category"}), {{"category", "x"}})}; };
  CHECK(compiled(rules()).version() == "b4a2c8e239d5ecee");
  CHECK(RuleSet::compile(probe_source(rules())).version() != compiled(rules()).version());
}
