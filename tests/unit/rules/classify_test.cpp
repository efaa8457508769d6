// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "unit/rules/builders.hpp"

using namespace umsops::rules;

namespace {

bool holds(Test test, Facts const& facts) {
  return !compiled({rule("r", std::move(test), {{"category", "x"}})}).classify(facts).hits.empty();
}

Test range(std::string field, double min, double max) {
  Test test = test_of(Test::Kind::range, {std::move(field)}, {});
  test.has_min = test.has_max = true;
  test.min = min;
  test.max = max;
  return test;
}

}  // namespace

TEST_CASE("each kind of condition") {
  Facts const facts{{"title", "VPN is down"}, {"description", "host srv12"}, {"source", "MONITOR"},
                    {"category", "Sign-In"},  {"attributes.users", "100"},   {"assignee_id", ""}};
  CHECK(holds(keywords({"vpn"}), facts));
  CHECK(holds(keywords({"srv12"}), facts));
  CHECK_FALSE(holds(keywords({"srv12"}, {"title"}), facts));
  CHECK(holds(equals("source", "monitor"), facts));
  CHECK(holds(equals("category", "ｓｉｇｎ-in"), facts));
  CHECK_FALSE(holds(equals("source", "mon"), facts));
  CHECK(holds(test_of(Test::Kind::in, {"category"}, {"mfa", "sign-in"}), facts));
  CHECK_FALSE(holds(test_of(Test::Kind::in, {"category"}, {"mfa", "password"}), facts));
  CHECK(holds(range("attributes.users", 100, 1000), facts));
  CHECK(holds(range("attributes.users", 1, 100), facts));
  CHECK_FALSE(holds(range("attributes.users", 101, 1000), facts));
  CHECK_FALSE(holds(range("title", 0, 1000), facts));
  CHECK_FALSE(holds(range("attributes.absent", 0, 1000), facts));
  CHECK(holds(exists("title"), facts));
  CHECK_FALSE(holds(exists("assignee_id"), facts));
  CHECK_FALSE(holds(exists("attributes.absent"), facts));
  CHECK(holds(regex("srv\\d+"), facts));
  CHECK(holds(regex("(?i)vpn"), facts));
  CHECK_FALSE(holds(regex("vpn"), facts));
  CHECK_FALSE(holds(regex("srv\\d+", {"title"}), facts));
}

TEST_CASE("all, any, none") {
  auto const facts = title("vpn down");
  Test const yes = keywords({"vpn"}), no = keywords({"mail"});
  CHECK(holds(all({yes, yes}), facts));
  CHECK_FALSE(holds(all({yes, no}), facts));
  CHECK(holds(any({no, yes}), facts));
  CHECK_FALSE(holds(any({no, no}), facts));
  CHECK(holds(none({no, no}), facts));
  CHECK_FALSE(holds(none({no, yes}), facts));
  CHECK(holds(all({yes, none({no}), any({no, all({yes})})}), facts));
  CHECK(holds(none({none({yes})}), facts));
  // Neither word nor text is needed here, so the rule is asked every time.
  CHECK(holds(none({yes}), {}));
  CHECK(holds(any({no, none({exists("title")})}), {}));
}

TEST_CASE("hits name the words as they stand in the text") {
  auto const set =
      compiled({rule("a", any({keywords({"无法登录", "urgent", "log"}), regex("srv\\d+")}), {{"category", "x"}})});
  Facts const facts{{"title", "VPN：ＵＲＧＥＮＴ！无法登录"}, {"description", "on srv12, catalog LOG"}};
  auto const verdict = set.classify(facts);
  REQUIRE(verdict.hits.size() == 1);
  auto const& hit = verdict.hits[0];
  CHECK(hit.rule == "a");
  CHECK(hit.file == "rules.yaml");
  CHECK(hit.line == 7);
  REQUIRE(hit.matches.size() == 4);
  for (auto const& match : hit.matches) {
    auto const& text = match.fact == "title" ? facts[0].second : facts[1].second;
    CHECK(text.substr(match.begin, match.end - match.begin) == match.word);
  }
  CHECK(hit.matches[0].word == "ＵＲＧＥＮＴ");
  CHECK(hit.matches[1].word == "无法登录");
  CHECK(hit.matches[2].word == "LOG");
  CHECK(hit.matches[3].word == "srv12");
}

TEST_CASE("what was found in a condition that does not hold is not told") {
  auto const set =
      compiled({rule("a", any({all({keywords({"vpn"}), keywords({"mail"})}), keywords({"down"})}), {{"category", "x"}}),
                rule("b", all({keywords({"down"}), none({keywords({"mail"})})}), {{"category", "x"}})});
  auto const verdict = set.classify(title("vpn down"));
  REQUIRE(verdict.hits.size() == 2);
  REQUIRE(verdict.hits[0].matches.size() == 1);
  CHECK(verdict.hits[0].matches[0].word == "down");
  CHECK(verdict.hits[1].matches.size() == 1);
}

TEST_CASE("the longest word wins in one rule and between rules that disagree") {
  auto const set = compiled({rule("slow", keywords({"慢", "slow"}), {{"priority", "MEDIUM"}}),
                             rule("drill", keywords({"紧急演练", "慢性病", "slow lane"}), {{"priority", "LOW"}}),
                             rule("urgent", keywords({"紧急", "紧急故障"}), {{"priority", "CRITICAL"}}),
                             rule("topic", keywords({"演练"}), {{"category", "drill"}})});
  CHECK(value_of(set.classify(title("下周紧急演练")), "priority") == "LOW");
  CHECK(value_of(set.classify(title("下周紧急演练")), "category") == "drill");
  CHECK(value_of(set.classify(title("紧急演练时真的紧急")), "priority") == "LOW");
  CHECK(set.classify(title("紧急演练时真的紧急")).hits.size() == 3);
  CHECK(value_of(set.classify(title("slow lane")), "priority") == "LOW");
  CHECK(value_of(set.classify(title("慢性病")), "priority") == "LOW");
  auto const verdict = set.classify(title("紧急故障"));
  REQUIRE(verdict.hits.size() == 1);
  REQUIRE(verdict.hits[0].matches.size() == 1);
  CHECK(verdict.hits[0].matches[0].word == "紧急故障");
}

TEST_CASE("a longer word of a rule that does not hold outranks nothing") {
  auto const set =
      compiled({rule("urgent", keywords({"紧急"}), {{"priority", "CRITICAL"}}),
                rule("drill", all({keywords({"紧急演练"}), equals("source", "CHAT")}), {{"priority", "LOW"}})});
  CHECK(value_of(set.classify(title("紧急演练")), "priority") == "CRITICAL");
  CHECK(value_of(set.classify({{"title", "紧急演练"}, {"source", "CHAT"}}), "priority") == "LOW");
}

TEST_CASE("stop ends the asking") {
  Rule first = rule("first", keywords({"spam"}), {{"category", "other"}});
  first.stop = true;
  auto const set = compiled({first, rule("second", keywords({"urgent"}), {{"priority", "CRITICAL"}})});
  auto const stopped = set.classify(title("urgent spam"));
  CHECK(stopped.hits.size() == 1);
  CHECK(value_of(stopped, "priority").empty());
  CHECK(value_of(set.classify(title("urgent")), "priority") == "CRITICAL");
}

TEST_CASE("named groups become values that their field can hold") {
  Rule one = rule("host", regex("host (?P<host>[^;]+);? ?(?P<level>\\w+)?"), {{"category", "hardware"}});
  one.extracts = {{"attributes.host", "host"}, {"priority", "level"}};
  auto const set = compiled({one});
  auto const verdict = set.classify(title("host  db\t01\n ;high"));
  CHECK(value_of(verdict, "attributes.host") == "db 01");
  CHECK(value_of(verdict, "priority") == "HIGH");
  auto const plain = set.classify(title("host db01;nonsense"));
  CHECK(value_of(plain, "attributes.host") == "db01");
  CHECK(value_of(plain, "priority").empty());
  CHECK(value_of(plain, "category") == "hardware");
  auto const longer = set.classify(title("host " + std::string(500, 'x') + ";"));
  CHECK(value_of(longer, "attributes.host") == std::string(200, 'x'));
}

TEST_CASE("an expression sees the first 64 KiB and stays linear") {
  auto const set = compiled({rule("r", regex("(a+)+$|zz"), {{"category", "x"}})});
  std::string const text(64 << 10, 'a');
  CHECK(set.classify(title(text)).hits.size() == 1);
  CHECK(set.classify(title(text + "!")).hits.size() == 1);
  CHECK(set.classify(title(std::string(64 << 10, 'b') + "zz")).hits.empty());
  CHECK(set.classify(title(std::string((64 << 10) - 1, 'b') + "紧zz")).hits.empty());
}
