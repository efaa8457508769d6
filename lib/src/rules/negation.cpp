// SPDX-License-Identifier: Apache-2.0
#include "rules/negation.hpp"

#include <algorithm>
#include <iterator>

#include "rules/folded_text.hpp"

namespace umsops::rules {
namespace {

constexpr int kMostSteps = 8;
constexpr std::size_t kLongestWord = 12;

// Longer ones first: the first that fits is taken.
constexpr std::string_view kDenials[] = {
    "不需要", "不存在", "算不上", "谈不上", "称不上", "没有", "沒有", "不是", "并不", "並不", "无需",
    "無需",   "无须",   "毋须",   "不用",   "不必",   "不要", "不会", "不會", "并非", "並非", "绝非",
    "毫无",   "毫無",   "尚未",   "从未",   "不",     "没",   "沒",   "未",   "无",   "無",   "非"};
// They deny only what is itself a denial: 不得不, 不能不.
constexpr std::string_view kOuterDenials[] = {"不得", "不能", "不可", "莫"};
// They end like a denial and are none.
constexpr std::string_view kLookalikes[] = {"除非", "莫非", "有无", "有無", "有没", "要不", "差不"};
// What may stand between a denial and what it denies.
constexpr std::string_view kBetween[] = {"什么", "什麼", "任何", "那么", "那麼", "这么", "这样", "如此", "特别",
                                         "非常", "十分", "怎么", "出现", "发现", "发生", "存在", "属于", "很",
                                         "太",   "算",   "是",   "再",   "会",   "有",   "啥"};
constexpr std::string_view kOr[] = {"或者", "或是", "或", "、", "及", "和", "与"};

constexpr std::string_view kDenialWords[] = {"not",   "no",    "never",  "without", "non",    "isnt",
                                             "arent", "wasnt", "werent", "dont",    "doesnt", "didnt",
                                             "wont",  "hasnt", "havent", "neither"};
constexpr std::string_view kBetweenWords[] = {
    "very",     "that",    "so",     "really", "too", "particularly", "especially", "super", "quite",
    "terribly", "exactly", "longer", "yet",    "be",  "been",         "being",      "as",    "considered",
    "actually", "overly",  "a",      "an",     "any", "the",          "at",         "all",   "more"};
constexpr std::string_view kOrWords[] = {"or", "nor"};

template <class List>
bool has(List const& list, std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

/// The first of the list that `text` ends with, or nothing.
template <class List>
std::string_view ending(List const& list, std::string_view text) {
  for (auto const word : list) {
    // Most differ in the last byte, which is told without a call.
    if (!text.empty() && text.back() == word.back() && text.ends_with(word)) return word;
  }
  return {};
}

bool is_denial_word(std::string_view word) {
  if (has(kDenialWords, word)) return true;
  return word.ends_with("n't") && word != "can't" && word != "couldn't";
}

std::string_view word_before(std::string_view text) {
  std::size_t begin = text.size();
  while (begin > 0 && text.size() - begin <= kLongestWord) {
    char const c = text[begin - 1];
    if (c != '\'' && !(c >= 'a' && c <= 'z')) break;
    --begin;
  }
  return text.substr(begin);
}

/// Walks backwards from a word, word by word, counting denials.
class LookBack {
 public:
  LookBack(std::string_view text, std::vector<std::uint32_t> const& negated_ends)
      : rest_(text), negated_ends_(negated_ends) {}

  bool denied() {
    for (int step = 0; step < kMostSteps; ++step) {
      skip_blank();
      if (rest_.empty()) break;
      if (follows_denied()) return denials_ % 2 == 0;
      std::size_t size = 0;
      Letter const letter = letter_before(rest_, rest_.size(), size);
      if (letter == Letter::other) break;
      if (!(letter == Letter::word ? latin_step() : chinese_step())) break;
    }
    return denials_ % 2 == 1;
  }

 private:
  void skip_blank() {
    if (rest_.ends_with(' ') || rest_.ends_with("non-")) rest_.remove_suffix(1);
  }

  bool latin_step() {
    std::string_view const word = word_before(rest_);
    if (word.empty()) return false;
    if (is_denial_word(word)) {
      ++denials_;
    } else if (!has(kBetweenWords, word)) {
      return false;
    }
    rest_.remove_suffix(word.size());
    return true;
  }

  bool chinese_step() {
    if (denials_ > 0) {
      if (auto const outer = ending(kOuterDenials, rest_); !outer.empty()) {
        ++denials_;
        rest_.remove_suffix(outer.size());
        return true;
      }
    }
    if (!ending(kLookalikes, rest_).empty()) return false;
    if (auto const denial = ending(kDenials, rest_); !denial.empty()) {
      rest_.remove_suffix(denial.size());
      if (is_question(denial)) return false;
      ++denials_;
      return true;
    }
    auto const between = ending(kBetween, rest_);
    rest_.remove_suffix(between.size());
    return !between.empty();
  }

  /// 是不是, 有没有, 需要不需要: the denial repeats what stands before it.
  bool is_question(std::string_view denial) const {
    for (std::string_view const head : {"不", "没", "沒"}) {
      if (!denial.starts_with(head)) continue;
      denial.remove_prefix(head.size());
      return !denial.empty() && rest_.ends_with(denial);
    }
    return false;
  }

  /// "no error or failure": the word before the "or" is denied, so this one is.
  bool follows_denied() const {
    std::string_view before = rest_;
    std::string_view const word = word_before(rest_);
    if (has(kOrWords, word)) {
      before.remove_suffix(word.size());
    } else {
      auto const joint = ending(kOr, rest_);
      if (joint.empty()) return false;
      before.remove_suffix(joint.size());
    }
    if (before.ends_with(' ')) before.remove_suffix(1);
    return std::binary_search(negated_ends_.begin(), negated_ends_.end(), static_cast<std::uint32_t>(before.size()));
  }

  std::string_view rest_;
  std::vector<std::uint32_t> const& negated_ends_;
  int denials_ = 0;
};

}  // namespace

bool is_negated(std::string_view text, std::size_t begin, std::vector<std::uint32_t> const& negated_ends) {
  return LookBack(text.substr(0, begin), negated_ends).denied();
}

}  // namespace umsops::rules
