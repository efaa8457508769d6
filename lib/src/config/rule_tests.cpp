// SPDX-License-Identifier: Apache-2.0 The conditions of a rule: `when:`.
#include <fmt/format.h>

#include <algorithm>

#include "config/rule_fields.hpp"
#include "config/rule_reader.hpp"

namespace umsops::config {
namespace {

using rules::Target;
using rules::Test;

constexpr std::string_view kKinds[] = {"all",    "any", "not", "keywords", "regex",
                                       "equals", "in",  "min", "max",      "exists"};

/// The key that says what a condition is; `min` and `max` make one condition together.
std::string_view kind_of(Node const& node) {
  std::string_view kind;
  for (auto const name : kKinds) {
    if (!node.find(name) || (name == "max" && kind == "min")) continue;
    if (!kind.empty()) {
      throw invalid(node.spot, fmt::format("one condition holds both {} and {}", kind, name),
                    "make them two conditions of all: or any:");
    }
    kind = name;
  }
  if (kind.empty()) {
    throw invalid(node.spot, "a condition that says nothing",
                  "give one of: all, any, not, keywords, regex, equals, in, min, max, exists");
  }
  return kind;
}

std::vector<std::string_view> keys_of(std::string_view kind) {
  if (kind == "all" || kind == "any" || kind == "not") return {kind};
  if (kind == "keywords") return {"keywords", "except", "negation", "field", "fields"};
  if (kind == "min" || kind == "max") return {"min", "max", "field", "fields"};
  return {kind, "field", "fields"};
}

std::vector<std::string> words_of(Node const& node) {
  auto words = texts_of(node);
  if (words.empty()) throw invalid(node.spot, "an empty list holds no word");
  for (std::size_t i = 0; i < words.size(); ++i) {
    auto const& spot = node.kind == Node::Kind::list ? node.items[i].spot : node.spot;
    if (words[i].find_first_not_of(" \t\n") == std::string::npos)
      throw invalid(spot, "an empty word would match all text");
  }
  return words;
}

void read_fields(Target const& target, Node const& node, Test& test, bool required) {
  Node const* const one = node.find("field");
  Node const* const several = node.find("fields");
  if (one && several) throw invalid(node.spot, "both field and fields", "give one of them");
  if (!one && !several) {
    if (required) throw invalid(node.spot, "the condition names no field", "add e.g. field: category");
    return;
  }
  Node const& names = one ? *one : *several;
  test.fields = one ? std::vector<std::string>{text_of(names)} : texts_of(names);
  if (test.fields.empty()) throw invalid(names.spot, "an empty list of fields");
  for (std::size_t i = 0; i < test.fields.size(); ++i) {
    require_fact(target, test.fields[i], names.kind == Node::Kind::list ? names.items[i].spot : names.spot);
  }
}

/// Words to compare with, in the spelling of the field's choices where it has some.
std::vector<std::string> compared(Target const& target, Test const& test, Node const& node) {
  auto words = texts_of(node);
  if (words.empty()) throw invalid(node.spot, "an empty list equals nothing");
  for (std::size_t i = 0; i < words.size(); ++i) {
    auto const& spot = node.kind == Node::Kind::list ? node.items[i].spot : node.spot;
    if (test.fields.size() == 1) words[i] = value_for(target.type, test.fields[0], words[i], spot);
  }
  return words;
}

void read_children(Target const& target, Node const& node, Test& test, Problems& problems) {
  if (node.kind == Node::Kind::list) {
    if (node.items.empty()) throw invalid(node.spot, "an empty list of conditions");
    for (auto const& item : node.items) test.children.push_back(read_test(target, item, problems));
  } else {
    test.children.push_back(read_test(target, node, problems));
  }
}

void read_range(Target const& target, Node const& node, Test& test) {
  test.kind = Test::Kind::range;
  read_fields(target, node, test, true);
  if (Node const* const min = node.find("min")) test.min = decimal_of(*min), test.has_min = true;
  if (Node const* const max = node.find("max")) test.max = decimal_of(*max), test.has_max = true;
  if (test.has_min && test.has_max && test.min > test.max)
    throw invalid(node.spot, "min is above max: nothing can match");
}

Test read_exists(Target const& target, Node const& node, Test test) {
  test.kind = Test::Kind::exists;
  read_fields(target, node, test, true);
  if (boolean_of(*node.find("exists"))) return test;
  Test absent;
  absent.kind = Test::Kind::none;
  absent.line = test.line;
  absent.children.push_back(std::move(test));
  return absent;
}

void read_words(Target const& target, Node const& node, std::string_view kind, Test& test) {
  Node const& words = *node.find(kind);
  read_fields(target, node, test, kind == "equals" || kind == "in");
  if (kind == "keywords") {
    test.kind = Test::Kind::keywords;
    test.words = words_of(words);
    if (Node const* const except = node.find("except")) test.except = words_of(*except);
    if (Node const* const negation = node.find("negation")) test.guard_negation = boolean_of(*negation);
  } else if (kind == "regex") {
    test.kind = Test::Kind::regex;
    test.words = {text_of(words)};
    if (test.words[0].empty()) throw invalid(words.spot, "an empty regex would match all text");
  } else {
    test.kind = kind == "equals" ? Test::Kind::equals : Test::Kind::in;
    if (kind == "equals") text_of(words);
    test.words = compared(target, test, words);
  }
}

Test read_condition(Target const& target, Node const& node, Problems& problems) {
  if (node.kind != Node::Kind::map) throw invalid(node.spot, "a condition is a map", "e.g. keywords: [urgent, 紧急]");
  std::string_view kind;
  try {
    kind = kind_of(node);
  } catch (base::Error const&) {
    // A mistyped kind leaves the condition without one: name the unknown key instead.
    std::vector<std::string_view> known(std::begin(kKinds), std::end(kKinds));
    known.insert(known.end(), {"field", "fields", "except", "negation"});
    require_keys(node, known);
    throw;
  }
  problems.check_keys(node, keys_of(kind));
  Test test;
  test.line = node.spot.line;
  if (kind == "all" || kind == "any" || kind == "not") {
    test.kind = kind == "all" ? Test::Kind::all : kind == "any" ? Test::Kind::any : Test::Kind::none;
    read_children(target, *node.find(kind), test, problems);
  } else if (kind == "min" || kind == "max") {
    read_range(target, node, test);
  } else if (kind == "exists") {
    return read_exists(target, node, std::move(test));
  } else {
    read_words(target, node, kind, test);
  }
  return test;
}

}  // namespace

rules::Test read_test(Target const& target, Node const& node, Problems& problems) {
  Test test;
  test.line = node.spot.line;
  problems.guard([&] {
    if (node.kind == Node::Kind::list) {
      read_children(target, node, test, problems);
    } else {
      test = read_condition(target, node, problems);
    }
  });
  return test;
}

}  // namespace umsops::config
