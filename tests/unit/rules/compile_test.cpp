// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/base/error.hpp"
#include "unit/rules/builders.hpp"

using namespace umsops;
using namespace umsops::rules;

namespace {

std::string refusal(RuleSource const& source) {
  try {
    RuleSet::compile(source);
  } catch (base::Error const& error) {
    CHECK(error.code().code == "rules.invalid");
    return error.spot().file + ":" + std::to_string(error.spot().line) + ": " + error.message();
  }
  return "accepted";
}

std::string refusal(Rule one) {
  RuleSource source;
  source.rules = {std::move(one)};
  return refusal(source);
}

Test nested(int depth) { return depth == 0 ? keywords({"x"}) : all({nested(depth - 1)}); }

}  // namespace

TEST_CASE("what cannot be compiled is refused with its place") {
  using Catch::Matchers::Contains;
  Pairs const high{{"priority", "HIGH"}};
  Test deep = regex("(?=x)");
  deep.line = 12;
  CHECK_THAT(refusal(rule("a", deep, high)), Contains("rules.yaml:12: regex: "));
  CHECK_THAT(refusal(rule("a", regex(std::string(1025, 'x')), high)), Contains("1024 bytes"));
  CHECK_THAT(refusal(rule("a", regex("(?:\\pL{1,50}x){3}"), high)), Contains("costly"));
  CHECK_THAT(refusal(rule("a", regex(""), high)), Contains("matches everything"));
  CHECK_THAT(refusal(rule("a", keywords({" \n"}), high)), Contains("rules.yaml:7: an empty keyword"));
  CHECK_THAT(refusal(rule("a", keywords({}), high)), Contains("is empty"));
  CHECK_THAT(refusal(rule("a", all({}), high)), Contains("is empty"));
  CHECK_THAT(refusal(rule("a", keywords({std::string(600, 'x')}), high)), Contains("at most 512 bytes"));
  CHECK_THAT(refusal(rule("a", keywords({"x"}, {"titel"}), high)), Contains("no field \"titel\""));
  CHECK_THAT(refusal(rule("a", keywords({"x"}), {{"status", "CLOSED"}})), Contains("no field that a rule can set"));
  CHECK_THAT(refusal(rule("a", keywords({"x"}), {{"attributes.Bad-Name", "x"}})), Contains("can set"));
  CHECK_THAT(refusal(rule("a", keywords({"x"}), {{"priority", "URGENT"}})), Contains("no priority"));
  CHECK_THAT(refusal(rule("a", keywords({"x"}), {{"category", ""}})), Contains("empty value"));
  CHECK_THAT(refusal(rule("", keywords({"x"}), high)), Contains("without id"));
  CHECK_THAT(refusal(rule("a", nested(61), high)), Contains("too deep"));
  CHECK(refusal(rule("a", nested(60), high)) == "accepted");

  Rule extracting = rule("a", regex("(?P<host>x)"), high);
  extracting.extracts = {{"attributes.host", "hots"}};
  CHECK_THAT(refusal(extracting), Contains("no expression with a group \"hots\""));
  Rule weightless = rule("a", keywords({"x"}), high);
  weightless.weight = 0;
  CHECK_THAT(refusal(weightless), Contains("a weight is above 0"));
  Test range = test_of(Test::Kind::range, {"attributes.users"}, {});
  CHECK_THAT(refusal(rule("a", range, high)), Contains("min or max"));
  range.has_min = range.has_max = true;
  range.min = 2;
  range.max = 1;
  CHECK_THAT(refusal(rule("a", range, high)), Contains("min is above max"));
}

TEST_CASE("ids are used once, mappings are rectangular, further fields are checked") {
  using Catch::Matchers::Contains;
  RuleSource source;
  source.rules = {rule("a", keywords({"x"}), {{"category", "x"}}), rule("a", keywords({"y"}), {{"category", "y"}})};
  CHECK_THAT(refusal(source), Contains("occurs twice"));
  source.rules.pop_back();
  CHECK(refusal(source) == "accepted");

  Mapping mapping;
  mapping.id = "m";
  mapping.fact = "requester_id";
  mapping.columns = {"attributes.team"};
  mapping.rows = {{"k", {"a", "b"}}};
  source.mappings = {mapping};
  CHECK_THAT(refusal(source), Contains("2 values for 1 columns"));
  source.mappings[0].rows = {{"k", {""}}};
  CHECK(refusal(source) == "accepted");
  source.mappings[0].columns = {"title"};
  CHECK_THAT(refusal(source), Contains("can set"));
  source.mappings.clear();

  source.decide = {{"titel", Decide::weight}};
  CHECK_THAT(refusal(source), Contains("titel"));
  source.decide.clear();
  source.defaults = {{"priority", "NONE"}};
  CHECK_THAT(refusal(source), Contains("no priority"));
}

TEST_CASE("an empty set of rules says only its defaults") {
  RuleSource source;
  source.defaults = {{"priority", "LOW"}};
  auto const set = RuleSet::compile(source);
  CHECK(set.size() == 0);
  CHECK(value_of(set.classify(title("紧急")), "priority") == "LOW");
  CHECK(set.classify({}).outcomes.empty());
}

TEST_CASE("the version says what decides, not where it stands") {
  RuleSource source;
  source.rules = {rule("a", keywords({"x"}), {{"category", "x"}})};
  auto const version = RuleSet::compile(source).version();
  CHECK(version.size() == 16);
  CHECK(version.find_first_not_of("0123456789abcdef") == std::string::npos);

  RuleSource moved = source;
  moved.rules[0].file = "/elsewhere.yaml";
  moved.rules[0].line = 99;
  moved.rules[0].test.line = 98;
  moved.rules[0].description = "said in other words";
  moved.cases = {{"case", {}, {}, "", 0}};
  CHECK(RuleSet::compile(moved).version() == version);

  auto const changed = [&](auto change) {
    RuleSource other = source;
    change(other);
    return RuleSet::compile(other).version() != version;
  };
  CHECK(changed([](RuleSource& s) { s.rules[0].id = "b"; }));
  CHECK(changed([](RuleSource& s) { s.rules[0].weight = 2; }));
  CHECK(changed([](RuleSource& s) { s.rules[0].stop = true; }));
  CHECK(changed([](RuleSource& s) { s.rules[0].sets[0].second = "y"; }));
  CHECK(changed([](RuleSource& s) { s.rules[0].test.words.push_back("y"); }));
  CHECK(changed([](RuleSource& s) { s.rules[0].test.except = {"y"}; }));
  CHECK(changed([](RuleSource& s) { s.rules[0].test.fields = {"title"}; }));
  CHECK(changed([](RuleSource& s) { s.rules[0].test.guard_negation = false; }));
  CHECK(changed([](RuleSource& s) { s.decide = {{"category", Decide::weight}}; }));
  CHECK(changed([](RuleSource& s) { s.defaults = {{"priority", "LOW"}}; }));
  CHECK(changed([](RuleSource& s) { s.without_text = {{"priority", "LOW"}}; }));
  CHECK_FALSE(changed([](RuleSource& s) { s.rules[0].test.fields = {"title", "description"}; }));
}

TEST_CASE("equal sources give equal images") {
  RuleSource source;
  source.rules = {rule("a", any({keywords({"x", "紧急"}), regex("srv\\d")}), {{"category", "x"}})};
  CHECK(RuleSet::compile(source).image() == RuleSet::compile(source).image());
}
