// SPDX-License-Identifier: Apache-2.0
#include "desk/decisions.hpp"

#include <algorithm>

namespace umsops::desk {

bool is_said(std::vector<std::string> const& said, std::string_view field) {
  return std::find(said.begin(), said.end(), field) != said.end();
}

std::vector<std::string> words_of(rules::Hit const& hit) {
  std::vector<std::string> words;
  for (auto const& match : hit.matches) {
    if (std::find(words.begin(), words.end(), match.word) == words.end()) words.push_back(match.word);
  }
  return words;
}

model::FieldDecision decision_of(rules::Outcome const& outcome, rules::Verdict const& verdict) {
  model::FieldDecision decision;
  decision.field = outcome.field;
  decision.suggested = outcome.value;
  decision.origin = outcome.origin == "mapping" ? "rule" : outcome.origin;
  if (outcome.hit >= 0) {
    auto const& hit = verdict.hits[static_cast<std::size_t>(outcome.hit)];
    decision.rule = hit.rule;
    decision.file = hit.file;
    decision.line = hit.line;
    decision.words = words_of(hit);
  }
  return decision;
}

}  // namespace umsops::desk
