// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/dialogue/flow.hpp"
#include "umsops/rules/rule_set.hpp"

namespace umsops::dialogue {

/// A known answer.
struct Answer {
  std::string id;
  Text text;
  bool is_article = false;  ///< of the knowledge base; `id` is its number
};

/// Source of known answers.
class KnownAnswers {
 public:
  virtual ~KnownAnswers() = default;
  /// The best answer to what was said.
  virtual std::optional<Answer> find(std::string_view said) const = 0;
};

/// The flow's own questions, compiled once. The entry with the most different matched words wins; of equals, the first.
/// Throws `rules.invalid` with file and line for a condition that the rule engine refuses.
class FlowAnswers final : public KnownAnswers {
 public:
  explicit FlowAnswers(std::vector<Question> questions);
  std::optional<Answer> find(std::string_view said) const override;

 private:
  std::vector<Question> questions_;
  std::optional<rules::RuleSet> rules_;
};

/// The expressions that answers must match as a whole, compiled once. Throws `rules.invalid`.
class AnswerPatterns {
 public:
  explicit AnswerPatterns(Flow const& flow);
  bool fits(Node const& node, std::string_view answer) const;

 private:
  std::optional<rules::RuleSet> rules_;
};

}  // namespace umsops::dialogue
