// SPDX-License-Identifier: Apache-2.0
#include "umsops/config/rule_files.hpp"

#include <catch2/catch.hpp>

#include "unit/config/scratch.hpp"
#include "unit/rules/probe.hpp"

using namespace umsops;
using tests::thrown;

namespace {

std::string refusal(std::string const& text) {
  return thrown([&] { config::read_rules_text(text, "r.yaml"); });
}

std::string first_value(rules::Verdict const& verdict, std::string_view field) {
  for (auto const& outcome : verdict.outcomes) {
    if (outcome.field == field) return outcome.value;
  }
  return "";
}

}  // namespace

TEST_CASE("a rule file with everything") {
  tests::Scratch const scratch;
  scratch.write("departments.csv",
                "requester_id,attributes.department,category\nzhang.wei,运维,sign-in\nli.na,财务,\n");
  auto const file = scratch.write("team.yaml", R"(kind: rules
decide: {category: weight}
defaults: {priority: low}
without_text: {priority: MEDIUM}
mappings:
  - {id: departments, fact: requester_id, file: departments.csv}
rules:
  - id: priority-critical
    description: what stops everybody
    when:
      any:
        - keywords: [紧急, urgent]
        - {field: source, equals: MONITOR}
    set: {priority: critical, category: sign-in, attributes.team: iam}
    extract: {attributes.host: host}
    weight: 2
    stop: true
cases:
  - {name: urgent zh, text: {title: 无法登录，紧急}, expect: {priority: CRITICAL, category: sign-in}}
  - {name: later, text: {attributes: {users: 5}, source: web}, expect: {category: ~}, now: 2026-11-23T09:30:00Z}
)");
  auto const source = config::read_rules({file});
  REQUIRE(source.rules.size() == 1);
  auto const& rule = source.rules[0];
  CHECK(rule.id == "priority-critical");
  CHECK(rule.file == file);
  CHECK(rule.line == 8);
  CHECK(rule.sets == config::read_rules({file}).rules[0].sets);
  CHECK(rule.sets[0] == std::pair<std::string, std::string>{"priority", "CRITICAL"});
  CHECK(rule.extracts[0] == std::pair<std::string, std::string>{"attributes.host", "host"});
  CHECK(rule.weight == 2);
  CHECK(rule.stop);
  CHECK(source.decide.at(0).second == rules::Decide::weight);
  CHECK(source.defaults.at(0).second == "LOW");
  CHECK(source.without_text.at(0).second == "MEDIUM");
  REQUIRE(source.mappings.size() == 1);
  CHECK(source.mappings[0].columns == std::vector<std::string>{"attributes.department", "category"});
  CHECK(source.mappings[0].rows[1].second == std::vector<std::string>{"财务", ""});
  REQUIRE(source.cases.size() == 2);
  CHECK(source.cases[0].facts.find("title")->text() == "无法登录，紧急");
  CHECK(source.cases[1].facts.find("attributes.users")->text() == "5");
  CHECK(source.cases[1].facts.find("source")->text() == "WEB");
  CHECK(source.cases[1].expect.find("category")->is_null());
  CHECK(config::read_rule_cases(file).size() == 2);
}

TEST_CASE("mistakes of a rule file") {
  CHECK(refusal("rules:\n  - when: {keywords: x}\n    set: {category: y}\n") == "rules.invalid 2:5 rule without id");
  CHECK(refusal("rules:\n  - {id: a, when: {keywords: x}, set: {priorty: HIGH}}\n") ==
        "rules.invalid 2:40 \"priorty\" is no field that a rule can set");
  CHECK(refusal("rules:\n  - {id: a, when: {keywords: x}, set: {title: y}}\n") ==
        "rules.invalid 2:40 \"title\" is no field that a rule can set");
  CHECK(refusal("rules:\n  - {id: a, when: {keywords: x}, set: {priority: URGENT}}\n") ==
        "rules.invalid 2:50 \"URGENT\" is no priority");
  CHECK(refusal("rules:\n  - {id: a, when: {keywords: x}, set: {category: y}}\n"
                "  - {id: a, when: {keywords: x}, set: {category: y}}\n") ==
        "rules.invalid 3:0 rule \"a\" occurs twice, first at line 2");
  CHECK(refusal("rules:\n  - {id: a b, when: {keywords: x}, set: {category: y}}\n") ==
        "rules.invalid 2:10 \"a b\" is no id");
  CHECK(refusal("rules:\n  - {id: a, set: {category: y}}\n") == "rules.invalid 2:5 rule \"a\" has no when");
  CHECK(refusal("rules:\n  - {id: a, when: {keywords: x}}\n") == "rules.invalid 2:5 rule \"a\" does nothing");
  CHECK(refusal("rules:\n  - {id: a, when: {keywords: x}, sett: {category: y}}\n")
            .starts_with("rules.invalid 2:34 unknown key \"sett\""));
  CHECK(refusal("rules:\n  - {id: a, when: {keywords: x}, stop: true, weight: 0}\n").starts_with("rules.invalid 2:"));
  CHECK(refusal("rule: []\n") == "rules.invalid 1:1 unknown key \"rule\"");
  CHECK(refusal("rules: {a: b}\n") == "rules.invalid 1:8 rules is a list");
  CHECK(refusal("use: builtins\n").starts_with("rules.invalid 1:6 "));
  CHECK(refusal("decide: {category: heaviest}\n").starts_with("rules.invalid 1:20 "));
  CHECK(refusal("kind: settings\n").starts_with("rules.invalid 1:7 "));
  CHECK(refusal("mappings:\n  - {id: d, fact: requester_id, file: absent.csv}\n").starts_with("rules.invalid 2:39 "));
  CHECK(
      refusal("cases:\n  - {name: a, text: {titel: x}, expect: {priority: LOW}}\n").starts_with("rules.invalid 2:22 "));
  CHECK(refusal("cases:\n  - {name: a, text: {title: x}, expect: {}}\n").starts_with("rules.invalid 2:41 "));
  CHECK(refusal("cases:\n  - {name: a, text: {title: x}, expect: {priority: LOW}, now: today}\n")
            .starts_with("rules.invalid 2:"));
  CHECK(refusal("a: 1\na: 2\n").starts_with("yaml.invalid 2:1 "));
  CHECK(refusal("") == "rules.invalid 1:1 the rule file is empty");
  CHECK(refusal("# nothing but words\n") == "rules.invalid 1:1 the rule file is empty");
}

TEST_CASE("all mistakes of a file are told at once") {
  try {
    config::read_rules_text("rules:\n  - {when: {keyword: x}, set: {priority: URGENT}}\nuse: it\n", "r.yaml");
    FAIL("accepted");
  } catch (base::Error const& error) {
    CHECK(error.spot().line == 3);
    CHECK(error.details().size() >= 3);
  }
}

TEST_CASE("tables name their own lines") {
  tests::Scratch const scratch;
  auto const file = scratch.write("r.yaml", "mappings:\n  - {id: d, fact: requester_id, file: d.csv}\n");
  auto const table = [&](std::string_view text) {
    scratch.write("d.csv", text);
    return thrown([&] { config::read_rules({file}); });
  };
  CHECK(table("who,title\na,b\n") == "rules.invalid 1:0 \"title\" is no field that a rule can set");
  CHECK(table("who,priority\na,HIGH\nb,URGENT\n") == "rules.invalid 3:0 \"URGENT\" is no priority");
  CHECK(table("who,category\na,x\na,y\n") == "rules.invalid 3:0 key \"a\" occurs twice, first at line 2");
  CHECK(table("who,category\n,x\n") == "rules.invalid 2:0 a row without key");
  CHECK(table("who,category\na,x\n").empty());
}

TEST_CASE("several files stand in their order, and share no id") {
  tests::Scratch const scratch;
  auto const a = scratch.write(
      "a.yaml", "defaults: {priority: LOW}\nrules:\n  - {id: a, when: {keywords: x}, set: {category: y}}\n");
  auto const b = scratch.write(
      "b.yaml",
      "defaults: {priority: HIGH, category: z}\nrules:\n  - {id: b, when: {keywords: x}, set: {category: y}}\n");
  auto const source = config::read_rules({a, b});
  REQUIRE(source.rules.size() == 2);
  CHECK(source.rules[0].id == "a");
  CHECK(source.defaults == std::vector<std::pair<std::string, std::string>>{{"priority", "LOW"}, {"category", "z"}});
  auto const c = scratch.write("c.yaml", "rules:\n  - {id: a, when: {keywords: x}, set: {category: y}}\n");
  CHECK(thrown([&] {
          config::read_rules({a, c});
        }) == "rules.invalid 2:0 rule \"a\" occurs twice, first at " + a + ":3");
}

TEST_CASE("the built-in rules need no file and read as their text says") {
  auto const set = config::builtin_rules();
  CHECK(set.size() > 0);
  auto const source = config::read_rules_text(config::builtin_rules_text(), "builtin.yaml");
  CHECK(source.rules.size() + source.mappings.size() > 0);
  CHECK(rules::RuleSet::compile(source).version() == set.version());
  CHECK(first_value(set.classify({{"title", "无法登录，紧急"}, {"description", ""}}), "priority") == "CRITICAL");
}

TEST_CASE("use: builtin puts one's own rules first and keeps the rest") {
  auto const builtin = config::read_rules_text(config::builtin_rules_text(), "builtin.yaml");
  std::string const id = builtin.rules.at(0).id;
  auto const source = config::read_rules_text(
      "use: builtin\ndefaults: {priority: HIGH}\nrules:\n"
      "  - {id: mine, when: {keywords: zzz}, set: {category: own}}\n"
      "  - {id: " +
          id + ", when: {keywords: yyy}, set: {category: own}}\n",
      "r.yaml");
  CHECK(source.rules.size() == builtin.rules.size() + 1);
  CHECK(source.rules[0].id == "mine");
  CHECK(source.rules[1].id == id);
  CHECK(source.rules[1].file == "r.yaml");
  CHECK(source.defaults.at(0) == std::pair<std::string, std::string>{"priority", "HIGH"});
  CHECK(source.cases.empty());
}

TEST_CASE("a rule file for another kind of record") {
  auto const refused = [](std::string const& text) {
    return thrown([&] { config::read_rules_text(text, "r.yaml", rules::probe_target()); });
  };
  auto const rule = [](std::string const& when, std::string const& set) {
    return "rules:\n  - {id: a, when: " + when + ", set: " + set + "}\n";
  };
  auto const source =
      config::read_rules_text(rule("{keywords: [pump]}", "{state: hot}"), "r.yaml", rules::probe_target());
  CHECK(source.rules[0].sets[0].second == "HOT");
  CHECK(first_value(rules::RuleSet::compile(source).classify({{"label", "pump"}}), "state") == "HOT");

  CHECK(refused(rule("{keywords: [pump]}", "{priority: HIGH}")) ==
        "rules.invalid 2:45 \"priority\" is no field that a rule can set");
  CHECK(refused(rule("{field: title, equals: x}", "{state: hot}")) ==
        "rules.invalid 2:27 probe has no field \"title\"");
  CHECK(refused(rule("{keywords: [pump]}", "{category: much too long}")) ==
        "rules.invalid 2:55 category: longer than 10 characters");
  CHECK(refused("use: builtin\n") == "rules.invalid 1:6 no built-in rules for probe");
}
