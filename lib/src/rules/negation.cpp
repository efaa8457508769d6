// SPDX-License-Identifier: Apache-2.0
#include "rules/negation.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "rules/folded_text.hpp"

namespace umsops::rules {
namespace {

constexpr int kMostSteps = 8;
constexpr std::size_t kLongestWord = 14;

// Longer ones first: the first that fits is taken. Texts are folded, so all of them are simplified.
constexpr std::string_view kDenials[] = {
    "不需要", "不存在", "不要求", "算不上", "谈不上", "称不上", "没必要", "没有", "不是", "并不", "无需", "无须",
    "毋须",   "不用",   "不必",   "不要",   "不会",   "不算",   "并非",   "绝非", "毫无", "尚未", "从未", "请勿",
    "切勿",   "避免",   "防止",   "以免",   "不",     "没",     "未",     "无",   "非",   "勿",   "别",   "甭"};
// They deny only what is itself a denial: 不得不, 不能不.
constexpr std::string_view kOuterDenials[] = {"不得", "不能", "不可", "莫"};
// They end like a denial and are none.
constexpr std::string_view kLookalikes[] = {"除非", "莫非", "无非", "有无", "有没", "要不", "差不", "分别",
                                            "级别", "类别", "区别", "个别", "差别", "性别", "识别", "辨别",
                                            "告别", "鉴别", "派别", "国别", "组别", "部别", "淹没", "出没"};
// What may stand between a denial and what it denies.
constexpr std::string_view kBetween[] = {"什么", "任何", "那么", "那样", "这么", "这样", "如此", "特别", "非常", "十分",
                                         "怎么", "出现", "发现", "发生", "存在", "属于", "造成", "导致", "引起", "引发",
                                         "产生", "遇到", "看到", "收到", "明显", "必要", "当作", "视为", "标记", "马上",
                                         "立即", "很",   "太",   "算",   "是",   "再",   "会",   "有",   "啥",   "系统",
                                         "服务", "业务", "账号", "数据", "用户", "为",   "按",   "用"};
// 特别 looks like a denial and stands between one and its word: it is looked for first.
constexpr std::string_view kVery = "特别";
constexpr std::string_view kOr[] = {"或者", "或是", "或", "、", "及", "和", "与"};

/// Texts look for their words in lists of a hundred, for every keyword that was found: sorted ones answer in a few
/// steps.
template <std::size_t size>
consteval std::array<std::string_view, size> sorted(std::string_view const (&words)[size]) {
  std::array<std::string_view, size> out;
  std::copy(std::begin(words), std::end(words), out.begin());
  std::sort(out.begin(), out.end());
  return out;
}

constexpr auto kDenialWords =
    sorted({"not",    "no",     "never", "without", "non",      "isnt",    "arent",    "wasnt",     "werent", "dont",
            "doesnt", "didnt",  "wont",  "hasnt",   "havent",   "neither", "nothing",  "none",      "less",   "hardly",
            "barely", "rarely", "avoid", "avoids",  "avoiding", "prevent", "prevents", "preventing"});
constexpr auto kBetweenWords =
    sorted({"very",      "that",       "so",          "really",   "too",     "particularly", "especially", "super",
            "quite",     "terribly",   "exactly",     "longer",   "yet",     "be",           "been",       "being",
            "as",        "considered", "actually",    "overly",   "a",       "an",           "any",        "the",
            "at",        "all",        "more",        "is",       "are",     "was",          "were",       "this",
            "these",     "it",         "them",        "those",    "of",      "in",           "by",         "way",
            "means",     "anything",   "something",   "even",     "further", "treat",        "treated",    "consider",
            "mark",      "marked",     "flag",        "regard",   "think",   "believe",      "say",        "have",
            "had",       "has",        "having",      "see",      "seen",    "seeing",       "get",        "getting",
            "cause",     "causing",    "caused",      "find",     "found",   "experience",   "expect",     "sign",
            "signs",     "need",       "for",         "known",    "new",     "other",        "such",       "real",
            "immediate", "currently",  "necessarily", "remotely", "there",   "reported",     "to"});
constexpr auto kOrWords = sorted({"or", "nor"});
// "urgent: no", 紧急：否: an answer that stands alone behind its word.
constexpr std::string_view kAnswers[] = {"no",           "none", "nil", "n/a",  "false", "not needed",
                                         "not required", "无",   "否",  "没有", "不是",  "低"};

template <std::size_t size>
bool has(std::array<std::string_view, size> const& words, std::string_view word) {
  return std::binary_search(words.begin(), words.end(), word);
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

/// "I can't log in" and "could not log in" tell of what fails; they do not say that nobody logs in.
bool tells_of_failure(std::string_view word) {
  return word == "can't" || word == "couldn't" || word == "can" || word == "could";
}

bool is_denial_word(std::string_view word) {
  return has(kDenialWords, word) || (word.ends_with("n't") && !tells_of_failure(word));
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
  LookBack(std::string_view part, std::size_t at, std::vector<std::uint32_t> const& negated_ends)
      : rest_(part), at_(at), negated_ends_(negated_ends) {}

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
    if (word == "not" && follows_can(word)) return false;
    if (is_denial_word(word)) {
      ++denials_;
    } else if (!has(kBetweenWords, word)) {
      return false;
    }
    rest_.remove_suffix(word.size());
    return true;
  }

  bool follows_can(std::string_view word) const {
    std::string_view before = rest_.substr(0, rest_.size() - word.size());
    if (!before.ends_with(' ')) return false;
    before.remove_suffix(1);
    return tells_of_failure(word_before(before));
  }

  bool chinese_step() {
    if (denials_ > 0) {
      if (auto const outer = ending(kOuterDenials, rest_); !outer.empty()) {
        ++denials_;
        rest_.remove_suffix(outer.size());
        return true;
      }
    }
    if (rest_.ends_with(kVery)) {
      rest_.remove_suffix(kVery.size());
      return true;
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
    return std::binary_search(negated_ends_.begin(), negated_ends_.end(),
                              static_cast<std::uint32_t>(at_ + before.size()));
  }

  std::string_view rest_;
  std::size_t at_ = 0;  // where the part begins in the text
  std::vector<std::uint32_t> const& negated_ends_;
  int denials_ = 0;
};

/// Whether nothing of the same sentence follows.
bool ends_there(std::string_view rest) {
  if (rest == " ") return true;  // the part ends
  constexpr std::string_view kEnds[] = {",", ".", ";", ")", "!", "/", "。", "、", "\xEF\xBD\xA1"};
  return rest.empty() ||
         std::any_of(std::begin(kEnds), std::end(kEnds), [&](auto end) { return rest.starts_with(end); });
}

bool is_denied_behind(std::string_view rest) {
  bool const adverb = rest.starts_with(" not ");  // "urgently not needed"
  if (rest.starts_with(' ')) rest.remove_prefix(1);
  if (!adverb) {
    if (rest.empty() || (rest[0] != ':' && rest[0] != '=' && rest[0] != '?')) return false;
    rest.remove_prefix(1);
    if (rest.starts_with(' ')) rest.remove_prefix(1);
  }
  return std::any_of(std::begin(kAnswers), std::end(kAnswers),
                     [&](auto answer) { return rest.starts_with(answer) && ends_there(rest.substr(answer.size())); });
}

}  // namespace

bool is_negated(FoldedText const& text, std::size_t begin, std::size_t end,
                std::vector<std::uint32_t> const& negated_ends) {
  std::string_view const part = text.part_of(begin, end);
  auto const at = static_cast<std::size_t>(part.data() - text.data());
  return LookBack(part.substr(0, begin - at), at, negated_ends).denied() || is_denied_behind(part.substr(end - at));
}

}  // namespace umsops::rules
