// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "umsops/rules/rule_set.hpp"

/// Rules as short as a test wants to write them.
namespace umsops::rules {

using Words = std::vector<std::string>;
using Pairs = std::vector<std::pair<std::string, std::string>>;

inline Test test_of(Test::Kind kind, Words fields, Words words) {
  Test test;
  test.kind = kind;
  test.fields = std::move(fields);
  test.words = std::move(words);
  return test;
}
inline Test keywords(Words words, Words fields = {}) {
  return test_of(Test::Kind::keywords, std::move(fields), std::move(words));
}
inline Test regex(std::string pattern, Words fields = {}) {
  return test_of(Test::Kind::regex, std::move(fields), {std::move(pattern)});
}
inline Test equals(std::string field, std::string value) {
  return test_of(Test::Kind::equals, {std::move(field)}, {std::move(value)});
}
inline Test exists(std::string field) { return test_of(Test::Kind::exists, {std::move(field)}, {}); }
inline Test group(Test::Kind kind, std::vector<Test> children) {
  Test test;
  test.kind = kind;
  test.children = std::move(children);
  return test;
}
inline Test all(std::vector<Test> children) { return group(Test::Kind::all, std::move(children)); }
inline Test any(std::vector<Test> children) { return group(Test::Kind::any, std::move(children)); }
inline Test none(std::vector<Test> children) { return group(Test::Kind::none, std::move(children)); }

inline Rule rule(std::string id, Test test, Pairs sets) {
  Rule out;
  out.id = std::move(id);
  out.test = std::move(test);
  out.sets = std::move(sets);
  out.file = "rules.yaml";
  out.line = 7;
  return out;
}

inline RuleSet compiled(std::vector<Rule> rules) {
  RuleSource source;
  source.rules = std::move(rules);
  return RuleSet::compile(source);
}

/// The value of a field, or "" where the rules say nothing.
inline std::string value_of(Verdict const& verdict, std::string const& field) {
  for (auto const& outcome : verdict.outcomes) {
    if (outcome.field == field) return outcome.value;
  }
  return "";
}
inline Facts title(std::string text) { return {{"title", std::move(text)}}; }

/// Whether one rule of these keywords holds for the text.
inline bool hits(Words words, std::string const& text) {
  return !compiled({rule("r", keywords(std::move(words)), {{"category", "x"}})}).classify(title(text)).hits.empty();
}

}  // namespace umsops::rules
