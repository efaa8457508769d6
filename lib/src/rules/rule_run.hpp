// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "rules/fact_texts.hpp"
#include "rules/image.hpp"
#include "rules/regexes.hpp"
#include "rules/word_table.hpp"

namespace umsops::rules {

/// Evidence for a condition: a word (offsets in the folded text) or a piece of the original.
struct Finding {
  std::uint32_t fact = 0;
  std::uint32_t begin = 0, end = 0;
  bool is_word = false;

  bool operator==(Finding const&) const = default;
  auto operator<=>(Finding const&) const = default;  // NOLINT(modernize-use-nullptr): the zero is the compiler's own
};

/// A rule that holds.
struct HeldRule {
  std::uint32_t rule = 0;
  RuleRecord record;
  std::vector<Finding> findings;
  std::vector<std::pair<std::string, std::string>> captures;  ///< named groups
};

/// A word that did not count for a rule.
struct PassedOver {
  std::uint32_t rule = 0;
  Finding finding;
  HeldBack::Why why = HeldBack::Why::denied;
};

/// One evaluation: the rules of one image over one set of facts.
class RuleRun {
 public:
  RuleRun(Image const& image, Regexes const& regexes, FactTexts& facts);

  /// The rules that hold, in the order of the set, up to the first with `stop`.
  std::vector<HeldRule> held();
  std::vector<PassedOver> const& passed_over() const { return passed_over_; }

 private:
  void scan();
  std::vector<std::uint32_t> candidates() const;
  bool hold(HeldRule& held);
  void ask_again(HeldRule& held, std::vector<Finding> outranked, bool& holds);

  bool ask(std::uint32_t index, std::uint32_t end, int depth);
  bool ask_children(TestRecord const& test, std::uint32_t first, std::uint32_t end, int depth);
  bool ask_keywords(std::uint32_t index, TestRecord const& test);
  bool ask_regex(std::uint32_t index, TestRecord const& test);
  bool ask_equals(TestRecord const& test);
  bool ask_range(TestRecord const& test);
  bool ask_exists(TestRecord const& test);
  void find(Finding const& finding);
  void pass_over(Finding const& finding, HeldBack::Why why);

  /// What a rule behind the current one has set.
  bool hidden(std::uint32_t fact) const { return facts_.seen_from(fact) > current_->rule; }
  std::string_view original(std::uint32_t fact) const {
    return hidden(fact) ? std::string_view() : facts_.original(fact);
  }

  std::pair<std::size_t, std::size_t> occurrences(std::uint32_t test, std::uint32_t kind) const;
  bool excepted(Occurrence const& word, std::pair<std::size_t, std::size_t> exceptions) const;
  Span facts_of(TestRecord const& test) const { return image_.within(Section::test_facts, test.facts); }
  std::uint32_t fact_at(std::uint32_t index) const { return image_.get<std::uint32_t>(Section::test_facts, index); }

  Image const& image_;
  Regexes const& regexes_;
  FactTexts& facts_;
  std::vector<Occurrence> found_;  // by test, kind, place
  bool literals_may_miss_ = false;
  HeldRule* current_ = nullptr;  // the rule being evaluated
  std::vector<PassedOver> passed_over_;
  std::vector<Finding> outranked_;  // words that do not count for it, sorted
};

/// For each held rule the words that lie inside a longer word of another held rule which sets one of the same fields to
/// another value: the longer word is more specific.
std::vector<std::vector<Finding>> outranked_words(Image const& image, std::vector<HeldRule> const& held);

}  // namespace umsops::rules
