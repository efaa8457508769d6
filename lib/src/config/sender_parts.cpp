// SPDX-License-Identifier: Apache-2.0
// Paths, templates and conditions of a sender file.
#include <fmt/format.h>

#include "config/sender_reader.hpp"
#include "rules/regexes.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/base/text.hpp"

namespace umsops::config {
namespace {

using alert::Condition;
using Test = Condition::Test;

constexpr std::size_t kMostConditions = 50, kMostChoices = 20;

std::string line_of(Node const& yaml) {
  std::string text = text_of(yaml);
  if (auto const problem = base::check_text(text, base::TextShape::line)) throw invalid(yaml.spot, problem->what);
  return text;
}

alert::Template template_of(Node const& yaml) {
  alert::Template out;
  if (auto problem = parse_template(line_of(yaml), out); !problem.empty())
    throw invalid(yaml.spot, std::move(problem), "e.g. 'disk:{host}'; a path stands in braces");
  return out;
}

Condition any_of_conditions(Node const& yaml, Problems& problems) {
  if (yaml.kind != Node::Kind::list || yaml.items.empty())
    throw invalid(yaml.spot, "any is a list of conditions", "e.g. any: [{path: a}, {path: b}]");
  Condition out;
  out.test = Test::any;
  out.children = sender_conditions(yaml, problems);
  return out;
}

void read_test(Node const& yaml, Condition& out) {
  int tests = 0;
  if (Node const* const exists = yaml.find("exists")) {
    ++tests;
    out.test = boolean_of(*exists) ? Test::exists : Test::absent;
  }
  if (Node const* const is = yaml.find("is")) {
    ++tests;
    out.test = Test::is;
    for (auto const& value : texts_of(*is)) out.values.push_back(base::ascii_lower(value));
  }
  if (Node const* const matches = yaml.find("matches")) {
    ++tests;
    out.test = Test::matches;
    (void)sender_regex(*matches, out.pattern);
  }
  if (tests > 1) throw invalid(yaml.spot, "one condition has several tests", "make them several conditions");
}

Condition condition_of(Node const& yaml, Problems& problems) {
  if (yaml.kind != Node::Kind::map)
    throw invalid(yaml.spot, "a condition is a map", "e.g. {path: status, is: [PROBLEM, OK]}");
  if (Node const* const any = yaml.find("any")) {
    problems.check_keys(yaml, {"any"});
    return any_of_conditions(*any, problems);
  }
  problems.check_keys(yaml, {"path", "exists", "is", "matches", "any"});
  Node const* const path = yaml.find("path");
  if (!path) throw invalid(yaml.spot, "a condition without path", "e.g. {path: status, is: [PROBLEM, OK]}");
  Condition out;
  out.path = sender_path(*path);
  read_test(yaml, out);
  return out;
}

}  // namespace

alert::Path sender_path(Node const& yaml) {
  alert::Path out;
  if (auto problem = parse_path(line_of(yaml), out); !problem.empty())
    throw invalid(yaml.spot, std::move(problem), "e.g. alerts[0].labels.severity, $.commonLabels, \"service.name\"");
  return out;
}

alert::Choice sender_choice(Node const& yaml) {
  if (yaml.kind != Node::Kind::list) return {template_of(yaml)};
  if (yaml.items.empty()) throw invalid(yaml.spot, "an empty list");
  if (yaml.items.size() > kMostChoices)
    throw invalid(yaml.spot, fmt::format("at most {} texts to choose from", kMostChoices));
  alert::Choice out;
  for (auto const& item : yaml.items) out.push_back(template_of(item));
  return out;
}

std::vector<Condition> sender_conditions(Node const& yaml, Problems& problems) {
  if (yaml.kind != Node::Kind::list) return {condition_of(yaml, problems)};
  if (yaml.items.size() > kMostConditions)
    throw invalid(yaml.spot, fmt::format("at most {} conditions", kMostConditions));
  std::vector<Condition> out;
  for (auto const& item : yaml.items) problems.guard([&] { out.push_back(condition_of(item, problems)); });
  return out;
}

std::vector<std::string> sender_regex(Node const& yaml, std::string& into) {
  into = text_of(yaml);
  auto check = rules::check_regex(into);
  if (!check.problem.empty()) throw invalid(yaml.spot, std::move(check.problem), "the syntax is RE2's");
  return check.groups;
}

}  // namespace umsops::config
