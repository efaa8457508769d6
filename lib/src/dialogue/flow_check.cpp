// SPDX-License-Identifier: Apache-2.0 Checks a flow as a graph: every conversation must be able to end.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "umsops/base/text.hpp"
#include "umsops/dialogue/flow.hpp"

namespace umsops::dialogue {
namespace {

bool needs_next(Node const& node) {
  return node.kind == NodeKind::say || node.kind == NodeKind::ask || node.kind == NodeKind::answer;
}

/// Goes on by itself, or may.
bool is_silent(Node const& node) { return node.kind == NodeKind::say || node.kind == NodeKind::answer; }

class Check {
 public:
  explicit Check(Flow const& flow) : flow_(flow) {
    for (auto const& node : flow.nodes) names_.emplace(node.name, &node);
  }

  std::vector<FlowProblem> run() {
    if (flow_.start.empty()) report({}, "start", "a flow needs a start", "start: and the name of the first node");
    point({}, "start", flow_.start);
    point({}, "human", flow_.human);
    for (auto const& node : flow_.nodes) check_node(node);
    check_rounds();
    check_reached();
    check_ends();
    return std::move(problems_);
  }

 private:
  void report(std::string node, std::string part, std::string problem, std::string suggestion = "") {
    problems_.push_back({std::move(node), std::move(part), std::move(problem), std::move(suggestion)});
  }

  /// A referenced node must exist.
  void point(std::string const& from, std::string part, std::string const& to) {
    if (to.empty() || names_.count(to)) return;
    std::vector<std::string> names;
    for (auto const& node : flow_.nodes) names.push_back(node.name);
    std::string const best = base::nearest(to, names);
    report(from, std::move(part), fmt::format("no node is named {}", to),
           best.empty() ? "" : fmt::format("did you mean {}?", best));
  }

  void check_node(Node const& node) {
    if (needs_next(node) && node.next.empty())
      report(node.name, "", fmt::format("{} goes nowhere", node.name), "add next: and a node");
    point(node.name, "next", node.next);
    if (node.kind == NodeKind::menu && node.options.empty()) {
      report(node.name, "options", fmt::format("{} is a menu without options", node.name),
             "e.g. options: {1: {label: ..., next: ...}}");
    }
    std::set<std::string> keys;
    for (auto const& option : node.options) {
      std::string const part = "option " + option.key;
      if (!keys.insert(base::fold(option.key)).second) {
        report(node.name, "key " + option.key, fmt::format("{} has the option {} twice", node.name, option.key));
      }
      if (option.next.empty())
        report(node.name, part, fmt::format("the option {} goes nowhere", option.key), "add next: and a node");
      point(node.name, part, option.next);
    }
    if (!node.question.empty() && flow_.find_question(node.question) == nullptr) {
      std::vector<std::string> ids;
      for (auto const& question : flow_.questions) ids.push_back(question.id);
      std::string const best = base::nearest(node.question, ids);
      report(node.name, "question", fmt::format("no question has the id {}", node.question),
             best.empty() ? "" : fmt::format("did you mean {}?", best));
    }
  }

  Node const* find(std::string const& name) const {
    auto const found = names_.find(name);
    return found == names_.end() ? nullptr : found->second;
  }

  std::vector<std::string> ways(Node const& node) const {
    std::vector<std::string> out;
    if (needs_next(node)) out.push_back(node.next);
    for (auto const& option : node.options) out.push_back(option.next);
    return out;
  }

  /// A loop of nodes that wait for no answer would never end.
  void check_rounds() {
    for (auto const& node : flow_.nodes) {
      if (rounds_.count(&node)) continue;
      std::vector<Node const*> walked;
      auto const* at = &node;
      while (at != nullptr && is_silent(*at) && std::find(walked.begin(), walked.end(), at) == walked.end()) {
        walked.push_back(at);
        at = find(at->next);
      }
      if (at != &node || walked.empty()) continue;  // another node's round is found from there
      rounds_.insert(walked.begin(), walked.end());
      std::string names;
      for (auto const* step : walked) names += step->name + " → ";
      report(node.name, "", fmt::format("a round in which nothing is asked: {}{}", names, node.name),
             "put a menu, ask or end into it");
    }
  }

  void check_reached() {
    std::set<Node const*> reached;
    std::vector<std::string> open{flow_.start, flow_.human};
    while (!open.empty()) {
      auto const* node = find(open.back());
      open.pop_back();
      if (node == nullptr || !reached.insert(node).second) continue;
      for (auto& way : ways(*node)) open.push_back(std::move(way));
    }
    // Where the start is not known, nothing can be said of what it leads to.
    if (find(flow_.start) == nullptr) return;
    auto const first_human = std::find_if(flow_.nodes.begin(), flow_.nodes.end(),
                                          [](Node const& node) { return node.kind == NodeKind::hand_over; });
    for (auto const& node : flow_.nodes) {
      bool const by_word = flow_.human.empty() && first_human != flow_.nodes.end() && &node == &*first_human;
      if (!reached.count(&node) && !by_word) report(node.name, "", fmt::format("{} is never reached", node.name));
    }
  }

  /// What is told elsewhere already counts as an end here.
  bool is_end(Node const& node) const {
    if (node.kind == NodeKind::end || node.kind == NodeKind::hand_over || rounds_.count(&node)) return true;
    auto const out = ways(node);
    return out.empty() || std::any_of(out.begin(), out.end(), [&](auto const& way) { return find(way) == nullptr; });
  }

  void check_ends() {
    std::set<Node const*> ending;
    for (bool grew = true; grew;) {
      grew = false;
      for (auto const& node : flow_.nodes) {
        if (ending.count(&node)) continue;
        auto const out = ways(node);
        bool const ends = is_end(node) || std::any_of(out.begin(), out.end(),
                                                      [&](auto const& way) { return ending.count(find(way)) > 0; });
        if (ends) grew = ending.insert(&node).second;
      }
    }
    for (auto const& node : flow_.nodes) {
      if (ending.count(&node)) continue;
      report(node.name, "", fmt::format("{} is a dead end: no end and no hand_over can be reached from it", node.name));
    }
  }

  Flow const& flow_;
  std::map<std::string, Node const*> names_;
  std::set<Node const*> rounds_;
  std::vector<FlowProblem> problems_;
};

}  // namespace

std::vector<FlowProblem> check(Flow const& flow) { return Check(flow).run(); }

}  // namespace umsops::dialogue
