// SPDX-License-Identifier: Apache-2.0
#include "umsops/dialogue/answers.hpp"

#include <algorithm>
#include <set>

namespace umsops::dialogue {
namespace {

/// All that was said is one fact.
constexpr char kSaid[] = "description";

}  // namespace

FlowAnswers::FlowAnswers(std::vector<Question> questions) : questions_(std::move(questions)) {
  rules::RuleSource source;
  for (auto const& question : questions_) {
    rules::Rule rule;
    rule.id = question.id;
    rule.test = question.when;
    rule.file = question.file;
    rule.line = question.line;
    source.rules.push_back(std::move(rule));
  }
  if (!questions_.empty()) rules_ = rules::RuleSet::compile(source);
}

std::optional<Answer> FlowAnswers::find(std::string_view said) const {
  if (!rules_ || said.empty()) return std::nullopt;
  auto const verdict = rules_->classify({{kSaid, std::string(said)}});
  std::string best;
  std::size_t most = 0;
  for (auto const& hit : verdict.hits) {
    std::set<std::string> words;
    for (auto const& match : hit.matches) words.insert(match.word);
    if (best.empty() || words.size() > most) {
      best = hit.rule;
      most = words.size();
    }
  }
  auto const found =
      std::find_if(questions_.begin(), questions_.end(), [&](Question const& q) { return q.id == best; });
  if (best.empty() || found == questions_.end()) return std::nullopt;
  return Answer{found->id, found->answer};
}

AnswerPatterns::AnswerPatterns(Flow const& flow) {
  rules::RuleSource source;
  for (auto const& node : flow.nodes) {
    if (node.pattern.empty()) continue;
    rules::Rule rule;
    rule.id = node.name;
    rule.file = flow.file;
    rule.line = node.line;
    rule.test.kind = rules::Test::Kind::regex;
    rule.test.line = node.line;
    rule.test.words = {"\\A(?:" + node.pattern + ")\\z"};
    source.rules.push_back(std::move(rule));
  }
  if (!source.rules.empty()) rules_ = rules::RuleSet::compile(source);
}

bool AnswerPatterns::fits(Node const& node, std::string_view answer) const {
  if (node.pattern.empty() || !rules_) return true;
  auto const hits = rules_->classify({{kSaid, std::string(answer)}}).hits;
  return std::any_of(hits.begin(), hits.end(), [&](auto const& hit) { return hit.rule == node.name; });
}

}  // namespace umsops::dialogue
