// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/config/rule_files.hpp"
#include "unit/config/scratch.hpp"

using namespace umsops;
using rules::Test;
using tests::thrown;

namespace {

Test condition(std::string const& when) {
  return config::read_rules_text("rules:\n  - id: a\n    set: {category: x}\n    when: " + when + "\n", "r.yaml")
      .rules.at(0)
      .test;
}

std::string refusal(std::string const& when) {
  return thrown([&] { condition(when); });
}

}  // namespace

TEST_CASE("keywords with exceptions and negation") {
  Test const test = condition("{keywords: [紧急, urgent], except: [一般来说], negation: false, field: title}");
  CHECK(test.kind == Test::Kind::keywords);
  CHECK(test.words == std::vector<std::string>{"紧急", "urgent"});
  CHECK(test.except == std::vector<std::string>{"一般来说"});
  CHECK(test.fields == std::vector<std::string>{"title"});
  CHECK_FALSE(test.guard_negation);
  CHECK(condition("{keywords: down}").guard_negation);
  CHECK(condition("{keywords: down}").fields.empty());
  CHECK(condition("{keywords: down}").line == 4);
}

TEST_CASE("the other conditions") {
  Test const equals = condition("{field: source, equals: monitor}");
  CHECK(equals.kind == Test::Kind::equals);
  CHECK(equals.words == std::vector<std::string>{"MONITOR"});
  Test const in = condition("{field: category, in: [mfa, password]}");
  CHECK(in.kind == Test::Kind::in);
  CHECK(in.words.size() == 2);
  Test const regex = condition(R"({fields: [title], regex: '(?P<host>[a-z]+\d+)'})");
  CHECK(regex.kind == Test::Kind::regex);
  CHECK(regex.words == std::vector<std::string>{R"((?P<host>[a-z]+\d+))"});
  Test const range = condition("{field: attributes.users, min: 100, max: 1000}");
  CHECK(range.kind == Test::Kind::range);
  CHECK((range.has_min && range.has_max && range.min == 100 && range.max == 1000));
  Test const half = condition("{field: attributes.users, max: 0.5}");
  CHECK((!half.has_min && half.has_max && half.max == 0.5));
  CHECK(condition("{field: assignee_id, exists: true}").kind == Test::Kind::exists);
  Test const absent = condition("{field: assignee_id, exists: false}");
  REQUIRE(absent.kind == Test::Kind::none);
  CHECK(absent.children.at(0).kind == Test::Kind::exists);
}

TEST_CASE("conditions nest; a list means all of them") {
  Test const list = condition("[{keywords: a}, {not: {keywords: b}}]");
  CHECK(list.kind == Test::Kind::all);
  REQUIRE(list.children.size() == 2);
  CHECK(list.children[1].kind == Test::Kind::none);
  Test const any = condition("{any: [{keywords: a}, {all: [{keywords: b}, {keywords: c}]}]}");
  CHECK(any.kind == Test::Kind::any);
  CHECK(any.children.at(1).children.size() == 2);
  CHECK(condition("{not: [{keywords: a}, {keywords: b}]}").children.size() == 2);
}

TEST_CASE("mistakes in conditions") {
  CHECK(refusal("{keyword: [x]}") == "rules.invalid 4:12 unknown key \"keyword\"");
  CHECK(refusal("{}") == "rules.invalid 4:11 a condition that says nothing");
  CHECK(refusal("urgent") == "rules.invalid 4:11 a condition is a map");
  CHECK(refusal("{keywords: x, regex: y}") == "rules.invalid 4:11 one condition holds both keywords and regex");
  CHECK(refusal("{keywords: []}") == "rules.invalid 4:22 an empty list holds no word");
  CHECK(refusal("{keywords: [a, '']}") == "rules.invalid 4:26 an empty word would match all text");
  CHECK(refusal("{keywords: [a, [b]]}") == "rules.invalid 4:26 expected a text, found a list");
  CHECK(refusal("{equals: x}") == "rules.invalid 4:11 the condition names no field");
  CHECK(refusal("{field: titel, equals: x}") == "rules.invalid 4:19 ticket has no field \"titel\"");
  CHECK(refusal("{field: priority, equals: URGENT}") == "rules.invalid 4:37 \"URGENT\" is no priority");
  CHECK(refusal("{field: title, fields: [title], keywords: x}") == "rules.invalid 4:11 both field and fields");
  CHECK(refusal("{field: title, keywords: x, exepct: y}") == "rules.invalid 4:39 unknown key \"exepct\"");
  CHECK(refusal("{field: attributes.users, min: 5, max: 1}") ==
        "rules.invalid 4:11 min is above max: nothing can match");
  CHECK(refusal("{field: attributes.users, min: many}").starts_with("rules.invalid 4:42 expected a number"));
  CHECK(refusal("{field: attributes.Users, min: 1}").starts_with("rules.invalid 4:19 "));
  CHECK(refusal("{any: []}") == "rules.invalid 4:17 an empty list of conditions");
  CHECK(refusal("{regex: ''}").starts_with("rules.invalid 4:19 "));
}
