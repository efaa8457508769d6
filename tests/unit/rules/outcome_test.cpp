// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "unit/rules/builders.hpp"

using namespace umsops::rules;

namespace {

Outcome const& outcome_of(Verdict const& verdict, std::string const& field) {
  for (auto const& outcome : verdict.outcomes) {
    if (outcome.field == field) return outcome;
  }
  FAIL("no outcome for " << field);
  throw 0;
}

Rule weighing(std::string id, std::string word, std::string category, double weight) {
  Rule out = rule(std::move(id), keywords({std::move(word)}), {{"category", std::move(category)}});
  out.weight = weight;
  return out;
}

}  // namespace

TEST_CASE("the first rule decides, and the losers are named") {
  auto const set = compiled({weighing("a", "mail", "email", 1), weighing("b", "vpn", "network-access", 5),
                             weighing("c", "outlook", "email", 2)});
  auto const verdict = set.classify(title("vpn, outlook and mail"));
  auto const& outcome = outcome_of(verdict, "category");
  CHECK(outcome.value == "email");
  CHECK(outcome.origin == "rule");
  CHECK(outcome.hit == 0);
  CHECK(outcome.score == 3);
  REQUIRE(outcome.losers.size() == 1);
  CHECK(outcome.losers[0] == std::pair<std::string, double>("network-access", 5));
}

TEST_CASE("weights add up per value, and the first wins a tie") {
  RuleSource source;
  source.rules = {weighing("a", "mail", "email", 1), weighing("b", "vpn", "network-access", 2),
                  weighing("c", "outlook", "email", 1.5), weighing("d", "wifi", "network-access", 0.5)};
  source.decide = {{"category", Decide::weight}};
  auto const set = RuleSet::compile(source);
  CHECK(value_of(set.classify(title("vpn mail")), "category") == "network-access");
  CHECK(value_of(set.classify(title("vpn outlook mail")), "category") == "email");
  auto const tie = set.classify(title("wifi vpn mail outlook"));
  CHECK(outcome_of(tie, "category").value == "email");
  CHECK(outcome_of(tie, "category").score == 2.5);
  CHECK(tie.hits[static_cast<std::size_t>(outcome_of(tie, "category").hit)].rule == "a");
}

TEST_CASE("a subcategory falls with its category") {
  RuleSource source;
  Rule sso = rule("sso", keywords({"sso"}), {{"category", "sign-in"}, {"subcategory", "sso"}});
  Rule reset = rule("reset", keywords({"password"}), {{"category", "password"}, {"subcategory", "reset"}});
  reset.weight = 3;
  source.rules = {sso, reset, rule("free", keywords({"kiosk"}), {{"subcategory", "kiosk"}})};
  source.decide = {{"category", Decide::weight}};
  auto const set = RuleSet::compile(source);
  auto const verdict = set.classify(title("sso password"));
  CHECK(value_of(verdict, "category") == "password");
  CHECK(value_of(verdict, "subcategory") == "reset");
  CHECK(value_of(set.classify(title("sso kiosk")), "subcategory") == "sso");
  CHECK(value_of(set.classify(title("kiosk")), "subcategory") == "kiosk");
}

TEST_CASE("defaults depend on whether there was text") {
  RuleSource source;
  source.rules = {rule("a", keywords({"urgent"}), {{"priority", "CRITICAL"}}),
                  rule("b", equals("source", "MONITOR"), {{"priority", "HIGH"}})};
  source.defaults = {{"priority", "LOW"}, {"category", "other"}};
  source.without_text = {{"priority", "MEDIUM"}};
  auto const set = RuleSet::compile(source);
  CHECK(value_of(set.classify(title("hello")), "priority") == "LOW");
  CHECK(outcome_of(set.classify(title("hello")), "priority").origin == "default");
  CHECK(outcome_of(set.classify(title("hello")), "priority").hit == -1);
  CHECK(value_of(set.classify({{"description", "hello"}}), "priority") == "LOW");
  CHECK(value_of(set.classify(title(" \n　")), "priority") == "MEDIUM");
  CHECK(value_of(set.classify({}), "priority") == "MEDIUM");
  CHECK(value_of(set.classify({}), "category").empty());
  CHECK(value_of(set.classify({{"source", "MONITOR"}}), "priority") == "HIGH");
  CHECK(value_of(set.classify(title("urgent")), "category") == "other");
}

TEST_CASE("mappings fill what no rule has said") {
  RuleSource source;
  Rule host = rule("host", regex("(?P<host>srv\\d+)"), {{"category", "hardware"}});
  host.extracts = {{"attributes.host", "host"}};
  source.rules = {host};
  Mapping hosts;
  hosts.id = "hosts";
  hosts.fact = "attributes.host";
  hosts.columns = {"attributes.team", "category"};
  hosts.rows = {{"SRV12", {"storage", "software"}}, {"srv13", {"", ""}}};
  Mapping teams;
  teams.id = "teams";
  teams.fact = "attributes.team";
  teams.columns = {"assignee_id", "priority"};
  teams.rows = {{"storage", {"li.na", "high"}}};
  source.mappings = {hosts, teams};
  auto const set = RuleSet::compile(source);
  auto const verdict = set.classify(title("srv12 beeps"));
  CHECK(value_of(verdict, "category") == "hardware");
  CHECK(value_of(verdict, "attributes.team") == "storage");
  CHECK(value_of(verdict, "assignee_id") == "li.na");
  CHECK(value_of(verdict, "priority") == "HIGH");
  CHECK(outcome_of(verdict, "assignee_id").origin == "mapping");
  CHECK(value_of(set.classify(title("srv13 beeps")), "attributes.team").empty());
  CHECK(value_of(set.classify({{"attributes.host", "Ｓrv12"}}), "attributes.team") == "storage");
}

TEST_CASE("outcomes come in one order") {
  auto const set = compiled({rule("a", keywords({"x"}),
                                  {{"attributes.b", "1"},
                                   {"assignee_id", "li.na"},
                                   {"subcategory", "s"},
                                   {"attributes.a", "2"},
                                   {"category", "c"},
                                   {"priority", "low"}})});
  std::vector<std::string> fields;
  for (auto const& outcome : set.classify(title("x")).outcomes) fields.push_back(outcome.field);
  CHECK(fields ==
        std::vector<std::string>{"priority", "category", "subcategory", "assignee_id", "attributes.b", "attributes.a"});
  CHECK(value_of(set.classify(title("x")), "priority") == "LOW");
}

TEST_CASE("rules see what mappings say of the facts given") {
  RuleSource source;
  source.mappings = {{"departments", "requester_id", {"attributes.department"}, {{"wei", {"board"}}}, "", 0},
                     {"vip", "attributes.department", {"attributes.vip"}, {{"board", {"yes"}}}, "", 0}};
  Test vip;
  vip.kind = Test::Kind::equals;
  vip.fields = {"attributes.vip"};
  vip.words = {"yes"};
  source.rules = {rule("vip", vip, {{"priority", "HIGH"}})};
  auto const set = RuleSet::compile(source);
  CHECK(value_of(set.classify({{"title", "x"}, {"requester_id", "Wei"}}), "priority") == "HIGH");
  CHECK(set.classify({{"title", "x"}, {"requester_id", "na"}}).hits.empty());
  CHECK(set.classify({{"title", "x"}, {"requester_id", "wei"}, {"attributes.vip", "no"}}).hits.empty());
}

TEST_CASE("a rule sees the attributes that rules before it have set, and none of those behind it") {
  auto const equals = [](std::string name, std::string value) {
    Test test;
    test.kind = Test::Kind::equals;
    test.fields = {std::move(name)};
    test.words = {std::move(value)};
    return test;
  };
  Test words = keywords({"board"});
  words.fields = {"attributes.b"};
  RuleSource source;
  source.rules = {rule("too early", equals("attributes.a", "1"), {{"subcategory", "early"}}),
                  rule("a", keywords({"vpn"}), {{"attributes.a", "1"}}),
                  rule("b", equals("attributes.a", "1"), {{"attributes.b", "the board"}}),
                  rule("c", words, {{"priority", "CRITICAL"}})};
  auto const set = RuleSet::compile(source);
  auto const verdict = set.classify(title("vpn"));
  REQUIRE(verdict.hits.size() == 3);
  CHECK(verdict.hits[0].rule == "a");
  CHECK(value_of(verdict, "priority") == "CRITICAL");
  CHECK(set.classify({{"title", "vpn"}, {"attributes.a", "2"}}).hits.size() == 1);
}

TEST_CASE("what was found and did not count is told with its reason") {
  Test words = keywords({"urgent", "outage"});
  words.except = {"planned outage"};
  auto const set = compiled({rule("p", words, {{"priority", "CRITICAL"}})});
  auto const verdict = set.classify(title("not urgent: planned outage"), RuleSet::Tell::held_back);
  CHECK(verdict.hits.empty());
  REQUIRE(verdict.held_back.size() == 2);
  CHECK(verdict.held_back[0].match.word == "urgent");
  CHECK(verdict.held_back[0].why == HeldBack::Why::denied);
  CHECK(verdict.held_back[1].match.word == "outage");
  CHECK(verdict.held_back[1].why == HeldBack::Why::exception);
  CHECK(set.classify(title("not urgent")).held_back.empty());
}
