// SPDX-License-Identifier: Apache-2.0
#include "rules/source_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "rules/folded_text.hpp"
#include "rules/regexes.hpp"
#include "rules/target.hpp"
#include "umsops/base/text.hpp"

namespace umsops::rules {
namespace {

using Kind = Test::Kind;

constexpr int kDeepest = 60;
constexpr std::size_t kLongestWord = 512;  // bytes, folded

struct Place {
  std::string const& file;
  std::int64_t line;
};

[[noreturn]] void refuse(Place place, std::string problem, std::string suggestion = "") {
  throw invalid_rule(place.file, place.line, std::move(problem), std::move(suggestion));
}

std::string quoted(std::string_view text) {
  std::size_t end = std::min<std::size_t>(text.size(), 80);
  while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return fmt::format("\"{}{}\"", text.substr(0, end), end < text.size() ? "…" : "");
}

template <class Range>
std::string meant(std::string_view word, Range const& candidates) {
  std::string const best = word.size() <= 64 ? base::nearest(word, candidates) : "";
  return best.empty() ? "" : "did you mean " + best + "?";
}

void check_fact(Target const& target, std::string_view fact, Place place) {
  if (is_attribute(target.type, fact) || is_of_requester(target.type, fact) || target.type.find(fact)) return;
  std::vector<std::string_view> names;
  for (auto const& field : target.type.fields) names.push_back(field.name);
  refuse(place, fmt::format("{} has no field {}", target.type.noun, quoted(fact)), meant(fact, names));
}

void check_settable(Target const& target, std::string_view field, Place place) {
  if (is_decided(target, field)) return;
  refuse(place, fmt::format("{} is no field that a rule can set", quoted(field)), meant(field, target.decided));
}

void check_pair(Target const& target, std::string_view name, std::string_view value, Place place) {
  check_settable(target, name, place);
  if (value.empty()) refuse(place, fmt::format("an empty value for {}", quoted(name)));
  auto const* const field = field_of(target.type, name);
  if (field && !field->choices.empty() && !choice_of(*field, value)) {
    refuse(place, fmt::format("{} is no {}", quoted(value), name), meant(value, field->choices));
  }
}

void check_pairs(Target const& target, std::vector<std::pair<std::string, std::string>> const& pairs, Place place) {
  for (auto const& [field, value] : pairs) check_pair(target, field, value, place);
}

void check_word(std::string const& word, Place place) {
  FoldedText const folded(word);
  if (folded.text().empty()) refuse(place, "an empty keyword would match all text");
  if (folded.text().size() > kLongestWord) refuse(place, fmt::format("a keyword has at most {} bytes", kLongestWord));
}

/// One rule's conditions; collects the named groups of its expressions.
class RuleCheck {
 public:
  RuleCheck(Target const& target, Rule const& rule) : target_(target), rule_(rule) {}

  void run() {
    if (rule_.id.empty()) refuse(place(rule_.line), "a rule without id");
    check(rule_.test, 0);
    check_pairs(target_, rule_.sets, place(rule_.line));
    if (!(rule_.weight > 0) || !std::isfinite(rule_.weight)) {
      refuse(place(rule_.line), fmt::format("rule {}: a weight is above 0", quoted(rule_.id)));
    }
    for (auto const& [field, group] : rule_.extracts) {
      check_settable(target_, field, place(rule_.line));
      if (std::find(groups_.begin(), groups_.end(), group) != groups_.end()) continue;
      refuse(place(rule_.line),
             fmt::format("rule {} has no expression with a group {}", quoted(rule_.id), quoted(group)),
             "write it as (?P<" + group.substr(0, 40) + ">...)");
    }
  }

 private:
  Place place(std::int64_t line) const { return {rule_.file, line > 0 ? line : rule_.line}; }

  void check(Test const& test, int depth) {
    Place const at = place(test.line);
    if (depth > kDeepest) refuse(at, "conditions are nested too deep");
    for (auto const& fact : test.fields) check_fact(target_, fact, at);
    for (auto const& child : test.children) check(child, depth + 1);
    switch (test.kind) {
      case Kind::all:
      case Kind::any:
      case Kind::none:
        return check_children(test, at);
      case Kind::keywords:
        return check_keywords(test, at);
      case Kind::regex:
        return check_expression(test, at);
      case Kind::equals:
      case Kind::in:
        return check_compared(test, at);
      case Kind::range:
        if (!test.has_min && !test.has_max) refuse(at, "a range needs min or max");
        if (test.has_min && test.has_max && !(test.min <= test.max)) refuse(at, "min is above max: nothing can match");
        return;
      case Kind::exists:
        return;
    }
  }

  static void check_children(Test const& test, Place at) {
    if (test.children.empty()) refuse(at, "a list of conditions is empty");
  }

  static void check_keywords(Test const& test, Place at) {
    if (test.words.empty()) refuse(at, "a list of keywords is empty");
    for (auto const& word : test.words) check_word(word, at);
    for (auto const& word : test.except) check_word(word, at);
  }

  static void check_compared(Test const& test, Place at) {
    if (test.words.empty()) refuse(at, "there is nothing to compare with");
  }

  void check_expression(Test const& test, Place at) {
    if (test.words.size() != 1) refuse(at, "a regex condition holds one expression");
    auto check = check_regex(test.words[0]);
    if (!check.problem.empty()) {
      refuse(at, check.problem, "RE2 syntax: no look-around, no back references; groups are (?P<name>...)");
    }
    groups_.insert(groups_.end(), check.groups.begin(), check.groups.end());
  }

  Target const& target_;
  Rule const& rule_;
  std::vector<std::string> groups_;
};

template <class Item>
void refuse_twice(std::vector<Item> const& items, std::string_view what) {
  std::unordered_set<std::string_view> seen;
  for (auto const& item : items) {
    if (seen.insert(item.id).second) continue;
    refuse({item.file, item.line}, fmt::format("{} {} occurs twice", what, quoted(item.id)), "give each its own id");
  }
}

void check_mapping(Target const& target, Mapping const& mapping) {
  Place const at{mapping.file, mapping.line};
  check_fact(target, mapping.fact, at);
  for (auto const& column : mapping.columns) check_settable(target, column, at);
  for (auto const& [key, cells] : mapping.rows) {
    if (cells.size() != mapping.columns.size()) {
      refuse(at, fmt::format("mapping {}: the row of {} has {} values for {} columns", quoted(mapping.id), quoted(key),
                             cells.size(), mapping.columns.size()));
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (!cells[i].empty()) check_pair(target, mapping.columns[i], cells[i], at);
    }
  }
}

}  // namespace

base::Error invalid_rule(std::string const& file, std::int64_t line, std::string problem, std::string suggestion) {
  base::Error error(base::errors::rules_invalid,
                    {{"problem", std::move(problem)}, {"suggestion", std::move(suggestion)}});
  return error.at({file, line, 0});
}

void check_source(RuleSource const& source) {
  Target const& target = *source.target;
  for (auto const& rule : source.rules) RuleCheck(target, rule).run();
  refuse_twice(source.rules, "rule");
  refuse_twice(source.mappings, "mapping");
  for (auto const& mapping : source.mappings) check_mapping(target, mapping);
  std::string const nowhere;
  for (auto const& [field, how] : source.decide) check_settable(target, field, {nowhere, 0});
  check_pairs(target, source.defaults, {nowhere, 0});
  check_pairs(target, source.without_text, {nowhere, 0});
}

}  // namespace umsops::rules
