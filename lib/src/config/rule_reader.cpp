// SPDX-License-Identifier: Apache-2.0
#include "config/rule_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "config/rule_fields.hpp"

namespace umsops::config {
namespace {

using rules::Rule;
using rules::Target;

void require_map(Node const& node, std::string_view what) {
  if (node.kind != Node::Kind::map) throw invalid(node.spot, fmt::format("{} is a map", what));
}

/// Runs `act` on every item of the list under `key`, if it is there.
template <class Act>
void each(Node const& root, std::string_view key, Problems& problems, Act const& act) {
  Node const* const list = root.find(key);
  if (!list || list->kind == Node::Kind::null) return;
  if (list->kind != Node::Kind::list) {
    problems.add(list->spot, fmt::format("{} is a list", key), "begin each entry with '- '");
    return;
  }
  for (auto const& item : list->items) problems.guard([&] { act(item); });
}

void read_extract(Target const& target, Node const& node, Rule& rule, Problems& problems) {
  require_map(node, "extract");
  for (auto const& member : node.members) {
    problems.guard([&] {
      require_settable(target, member.first.scalar, member.first.spot);
      rule.extracts.emplace_back(member.first.scalar, text_of(member.second));
    });
  }
}

double weight_of(Node const& node) {
  double const weight = decimal_of(node);
  if (!(weight > 0) || weight > 1e6) throw invalid(node.spot, "a weight is above 0 and at most 1000000");
  return weight;
}

void read_rule_parts(Target const& target, Node const& node, Rule& rule, Problems& problems) {
  if (Node const* const text = node.find("description")) problems.guard([&] { rule.description = text_of(*text); });
  if (Node const* const when = node.find("when")) {
    rule.test = read_test(target, *when, problems);
  } else {
    problems.add(node.spot, fmt::format("rule {} has no when", echo(rule.id)), "say when it holds");
  }
  if (Node const* const set = node.find("set")) rule.sets = read_sets(target, *set, problems);
  if (Node const* const extract = node.find("extract")) {
    problems.guard([&] { read_extract(target, *extract, rule, problems); });
  }
  if (Node const* const weight = node.find("weight")) problems.guard([&] { rule.weight = weight_of(*weight); });
  if (Node const* const stop = node.find("stop")) problems.guard([&] { rule.stop = boolean_of(*stop); });
  if (!node.find("set") && !node.find("extract") && !rule.stop) {
    problems.add(node.spot, fmt::format("rule {} does nothing", echo(rule.id)), "give it set, extract or stop");
  }
}

Rule read_rule(Target const& target, Node const& node, Problems& problems) {
  require_map(node, "a rule");
  Rule rule;
  rule.file = node.spot.file();
  rule.line = node.spot.line;
  problems.check_keys(node, {"id", "description", "when", "set", "extract", "weight", "stop"});
  Node const* const id = node.find("id");
  if (!id) problems.add(node.spot, "rule without id", "add id: and a name that is used once");
  if (id) problems.guard([&] { rule.id = id_of(*id); });
  read_rule_parts(target, node, rule, problems);
  return rule;
}

void read_decide(Target const& target, Node const& root, RuleFile& out, Problems& problems) {
  Node const* const decide = root.find("decide");
  if (!decide || decide->kind == Node::Kind::null) return;
  require_map(*decide, "decide");
  for (auto const& member : decide->members) {
    problems.guard([&] {
      require_settable(target, member.first.scalar, member.first.spot);
      std::string const how = text_of(member.second);
      if (how != "first" && how != "weight") {
        throw invalid(member.second.spot, fmt::format("{} is no way to decide", echo(how)), "first or weight");
      }
      out.source.decide.emplace_back(member.first.scalar,
                                     how == "weight" ? rules::Decide::weight : rules::Decide::first_match);
    });
  }
}

void read_use(Target const& target, Node const& root, RuleFile& out) {
  Node const* const use = root.find("use");
  if (!use) return;
  std::string const what = text_of(*use);
  if (what != "builtin") throw invalid(use->spot, fmt::format("use: {} is not known", echo(what)), "use: builtin");
  if (!has_builtin(target)) throw invalid(use->spot, fmt::format("no built-in rules for {}", target.type.noun));
  out.uses_builtin = true;
  out.use = use->spot;
}

void read_kind(Node const& root) {
  Node const* const kind = root.find("kind");
  if (!kind) return;
  std::string const word = text_of(*kind);
  if (word != "rules" && word != "cases") {
    throw invalid(kind->spot, fmt::format("this is a file of kind {}, not rules", echo(word)));
  }
}

/// Rules are converted while they are read, so whom they are for must be known before.
void require_order(Node const& root) {
  Node const* const noun = root.find("noun");
  Node const* const list = root.find("rules");
  if (noun && list && std::pair(list->spot.line, list->spot.column) < std::pair(noun->spot.line, noun->spot.column))
    throw invalid(noun->spot, "noun stands behind rules", "write it before them");
}

void read_root(Target const& target, Node const& root, ReadFile const& read, RuleFile& out, Problems& problems) {
  problems.check_keys(root,
                      {"kind", "noun", "use", "decide", "defaults", "without_text", "mappings", "rules", "cases"});
  problems.guard([&] { read_kind(root); });
  problems.guard([&] { read_use(target, root, out); });
  problems.guard([&] { read_decide(target, root, out, problems); });
  if (Node const* const defaults = root.find("defaults")) out.source.defaults = read_sets(target, *defaults, problems);
  if (Node const* const none = root.find("without_text")) out.source.without_text = read_sets(target, *none, problems);
  each(root, "mappings", problems,
       [&](Node const& item) { out.source.mappings.push_back(read_table(target, item, read, problems)); });
  each(root, "rules", problems, [](Node const&) {});
}

template <class Item>
void refuse_twice(std::vector<Item> const& items, std::string_view what, Problems& problems) {
  std::vector<Item const*> order;
  for (auto const& item : items) order.push_back(&item);
  std::stable_sort(order.begin(), order.end(), [](auto const* a, auto const* b) { return a->id < b->id; });
  for (std::size_t i = 1; i < order.size(); ++i) {
    auto const& first = *order[i - 1];
    auto const& again = *order[i];
    if (first.id != again.id || again.id.empty()) continue;
    problems.add({again.file, again.line, 0},
                 fmt::format("{} {} occurs twice, first at line {}", what, echo(again.id), first.line),
                 "give each its own id");
  }
}

}  // namespace

bool has_builtin(Target const& target) { return rules::find_target(target.type.noun) == &target; }

std::string noun_of(Node const& root) {
  Node const* const node = root.find("noun");
  if (!node) return std::string(rules::ticket_target().type.noun);
  std::string word = text_of(*node);
  if (rules::find_target(word)) return word;
  std::vector<std::string_view> nouns;
  for (auto const* target : rules::targets()) nouns.push_back(target->type.noun);
  throw invalid(node->spot, fmt::format("no rules for {}", echo(word)), suggest(word, nouns));
}

std::string id_of(Node const& node) {
  std::string id = text_of(node);
  bool const fine = !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '-';
  });
  if (!fine)
    throw invalid(node.spot, fmt::format("{} is no id", echo(id)), "letters, digits, '.', '_', '-', at most 64");
  return id;
}

std::string beside(std::string const& file, std::string const& path) {
  return (std::filesystem::path(file).parent_path() / path).lexically_normal().string();
}

FieldValues read_sets(Target const& target, Node const& node, Problems& problems) {
  FieldValues out;
  if (node.kind == Node::Kind::null) return out;
  if (node.kind != Node::Kind::map) {
    problems.add(node.spot, "expected fields with their values", "e.g. {priority: HIGH}");
    return out;
  }
  for (auto const& member : node.members) {
    problems.guard([&] {
      std::string const& field = member.first.scalar;
      require_settable(target, field, member.first.spot);
      std::string value = value_for(target.type, field, text_of(member.second), member.second.spot);
      if (value.empty()) throw invalid(member.second.spot, fmt::format("an empty value for {}", field));
      out.emplace_back(field, std::move(value));
    });
  }
  return out;
}

RuleFile read_rule_text(Target const& target, std::string_view text, std::string const& file, ReadFile const& read,
                        Problems& problems) {
  RuleFile out;
  out.source.target = &target;
  // Kinds of records that are none of the program's have no files but those read for them.
  auto const is_ours = [&](Node const& root) { return !has_builtin(target) || noun_of(root) == target.type.noun; };
  problems.guard([&] {
    // There may be thousands of rules: each is converted while it is read, so the tree stays small.
    Problems in_rules = problems.fresh();
    Node const root =
        parse_yaml(text, file, kRuleLimits, {"rules", [&](Node const& item, Node const& before) {
                                               in_rules.guard([&] {
                                                 if (is_ours(before))
                                                   out.source.rules.push_back(read_rule(target, item, in_rules));
                                               });
                                             }});
    // A copy that a full disk cut to nothing must not switch all rules off.
    if (root.kind == Node::Kind::null) throw invalid(root.spot, "the rule file is empty", "it begins with kind: rules");
    require_map(root, "a rule file");
    require_order(root);
    out.ours = is_ours(root);
    if (!out.ours) return;
    read_root(target, root, read, out, problems);
    for (auto const& error : in_rules.all()) problems.add(error);
    if (Node const* const cases = root.find("cases")) out.source.cases = read_cases(target, *cases, problems);
    refuse_twice(out.source.rules, "rule", problems);
    refuse_twice(out.source.mappings, "mapping", problems);
  });
  return out;
}

}  // namespace umsops::config
