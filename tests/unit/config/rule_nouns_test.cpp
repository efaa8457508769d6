// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/config/rule_files.hpp"
#include "unit/config/scratch.hpp"

using namespace umsops;
using tests::thrown;

namespace {

rules::Target const& incidents() { return *rules::find_target("incident"); }

std::string value_of(rules::Verdict const& verdict, std::string_view field) {
  for (auto const& outcome : verdict.outcomes) {
    if (outcome.field == field) return outcome.value;
  }
  return "";
}

std::string rule(std::string const& id, std::string const& set) {
  return "rules:\n  - {id: " + id + ", when: {keywords: [boom]}, set: " + set + "}\n";
}

}  // namespace

TEST_CASE("one list of files holds the rules of several kinds of record") {
  tests::Scratch const scratch;
  auto const tickets = scratch.write("t.yaml", rule("t", "{priority: HIGH}"));
  auto const others = scratch.write("i.yaml", "noun: incident\nuse: builtin\n" + rule("i", "{severity: HIGH}"));
  auto const by_noun = config::by_noun({tickets, others});
  REQUIRE(by_noun.size() == 2);
  CHECK(by_noun[0].target == &rules::ticket_target());
  CHECK(by_noun[0].files == std::vector<std::string>{tickets});
  CHECK(by_noun[1].files == std::vector<std::string>{others});

  CHECK(config::read_rules({tickets, others}).rules.size() == 1);
  auto const set = config::load_rules({tickets, others}, scratch.path("cache"), incidents());
  auto const verdict = set.classify({{"title", "boom"}, {"source", "the database"}});
  CHECK(value_of(verdict, "severity") == "HIGH");
  CHECK(value_of(verdict, "type") == "DATABASE_ISSUE");
  CHECK(value_of(verdict, "category") == "database");
  // None of the files is for it: the built-in rules, the very same.
  CHECK(config::load_rules({tickets}, "", incidents()).version() == config::builtin_rules(incidents()).version());
  CHECK(config::load_rules({others}, "").version() == config::builtin_rules().version());
  CHECK(value_of(config::load_rules({tickets}, "").classify({{"title", "boom"}}), "priority") == "HIGH");
}

TEST_CASE("the noun of a rule file is known before its rules") {
  tests::Scratch const scratch;
  auto const refused = [&](std::string const& text) {
    return thrown([&] { config::read_rules({scratch.write("r.yaml", text)}); });
  };
  CHECK(refused("noun: ticket\n" + rule("a", "{priority: LOW}")) == "");
  CHECK(refused("noun: incidant\n" + rule("a", "{priority: LOW}")) == "rules.invalid 1:7 no rules for \"incidant\"");
  CHECK(refused(rule("a", "{priority: LOW}") + "noun: incident\n") == "rules.invalid 3:7 noun stands behind rules");
  CHECK(refused("noun: [a]\n") == "rules.invalid 1:7 expected a text, found a list");
  // What is wrong with another kind's rules is found when they are read, and by lint.
  auto const other = scratch.write("r.yaml", "noun: incident\n" + rule("a", "{priority: LOW}"));
  CHECK(thrown([&] { config::read_rules({other}); }) == "");
  CHECK(thrown([&] { config::read_rules({other}, incidents()); }) ==
        "rules.invalid 3:45 \"priority\" is no field that a rule can set");
  REQUIRE(config::lint_file(other).size() == 1);
  CHECK(thrown([&] { config::read_rules_text("noun: incident\n", "r.yaml"); }) ==
        "rules.invalid 1:0 these rules are not for ticket");
}

TEST_CASE("a mapping may hold its rows, and look up what a rule has decided") {
  auto const read = [](std::string const& mapping) {
    return config::read_rules_text(
        "noun: incident\n" + rule("a", "{type: database_issue}") + "mappings:\n  - " + mapping, "r.yaml", incidents());
  };
  auto const source =
      read("{id: m, fact: type, rows: {DATABASE_ISSUE: {category: db}, OTHER: {urgency: low, category: x}}}\n");
  REQUIRE(source.mappings.size() == 1);
  CHECK(source.mappings[0].columns == std::vector<std::string>{"category", "urgency"});
  CHECK(source.mappings[0].rows[1].second == std::vector<std::string>{"x", "LOW"});
  auto const set = rules::RuleSet::compile(source);
  CHECK(value_of(set.classify({{"title", "boom"}}), "category") == "db");
  CHECK(value_of(set.classify({{"title", "boom"}}), "urgency") == "");
  CHECK(value_of(set.classify({{"title", "boom"}, {"type", "OTHER"}}), "category") == "x");

  auto const refused = [&](std::string const& mapping) { return thrown([&] { read(mapping); }); };
  CHECK(refused("{id: m, fact: type, rows: {}}\n") == "rules.invalid 5:31 rows are a map of values to fields");
  CHECK(refused("{id: m, fact: type, rows: {a: {category: x}}, file: x.csv}\n") ==
        "rules.invalid 5:5 a mapping with both file and rows");
  CHECK(refused("{id: m, fact: type, rows: {a: {title: x}}}\n") ==
        "rules.invalid 5:36 \"title\" is no field that a rule can set");
}

TEST_CASE("numbers in cases are numbers") {
  auto const refused = [](std::string const& facts) {
    return thrown([&] {
      config::read_rules_text("noun: incident\ncases:\n  - {name: a, text: " + facts + ", expect: {severity: LOW}}\n",
                              "r.yaml", incidents());
    });
  };
  CHECK(refused("{affected_users: 12}") == "");
  CHECK(refused("{affected_users: many}") == "rules.invalid 3:38 affected_users: \"many\" is no whole number");
}

TEST_CASE("every kind of record has built-in rules that read as their text says") {
  for (auto const* target : rules::targets()) {
    INFO(target->type.noun);
    auto const source =
        config::read_rules_text(config::builtin_rules_text(*target), config::builtin_rules_name(*target), *target);
    CHECK(rules::RuleSet::compile(source).version() == config::builtin_rules(*target).version());
    CHECK_FALSE(source.cases.empty());
  }
}
