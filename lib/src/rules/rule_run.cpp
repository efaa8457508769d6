// SPDX-License-Identifier: Apache-2.0
#include "rules/rule_run.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "umsops/base/number.hpp"
#include "umsops/rules/rule_set.hpp"

namespace umsops::rules {
namespace {

constexpr std::size_t kMostOccurrences = 1 << 16;
constexpr std::size_t kMostFindings = 32;  // told of one rule
constexpr std::size_t kMostPassedOver = 256;
constexpr int kDeepest = 64;

auto place(Occurrence const& word) { return std::tuple(word.test, word.kind, word.fact, word.begin, ~word.end); }

}  // namespace

RuleRun::RuleRun(Image const& image, Regexes const& regexes, FactTexts& facts)
    : image_(image), regexes_(regexes), facts_(facts) {}

void RuleRun::scan() {
  for (std::uint32_t i = 0; i < facts_.count(); ++i) {
    if (facts_.original(i).empty() || !image_.get<FactRecord>(Section::facts, i).scanned) continue;
    FoldedText const& text = facts_.folded(i);
    literals_may_miss_ |= !text.keeps_literals();
    find_words(image_, i, text, kMostOccurrences, found_);
  }
  std::sort(found_.begin(), found_.end(), [](auto const& a, auto const& b) { return place(a) < place(b); });
}

std::vector<std::uint32_t> RuleRun::candidates() const {
  std::vector<std::uint32_t> rules;
  if (literals_may_miss_) {
    for (std::uint32_t i = 0; i < image_.count(Section::rules); ++i) rules.push_back(i);
    return rules;
  }
  for (auto const& word : found_) {
    bool const asks = word.kind != PostingRecord::exception && word.rule < image_.count(Section::rules);
    if (asks && (rules.empty() || rules.back() != word.rule)) rules.push_back(word.rule);
  }
  for (std::uint32_t i = 0; i < image_.count(Section::always); ++i) {
    rules.push_back(image_.get<std::uint32_t>(Section::always, i));
  }
  std::sort(rules.begin(), rules.end());
  rules.erase(std::unique(rules.begin(), rules.end()), rules.end());
  return rules;
}

std::vector<HeldRule> RuleRun::held() {
  scan();
  auto const rules = candidates();
  std::vector<HeldRule> all;
  all.reserve(rules.size());
  for (auto const rule : rules) {
    all.push_back({rule, image_.get<RuleRecord>(Section::rules, rule), {}, {}});
    if (!hold(all.back())) all.pop_back();
  }
  auto outranked = outranked_words(image_, all);
  std::vector<HeldRule> out;
  out.reserve(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    bool holds = true;
    if (!outranked[i].empty()) ask_again(all[i], std::move(outranked[i]), holds);
    if (!holds) continue;
    out.push_back(std::move(all[i]));
    if (out.back().record.stop) break;
  }
  return out;
}

bool RuleRun::hold(HeldRule& held) {
  current_ = &held;
  Span const tests = image_.within(Section::tests, held.record.tests);
  return tests.begin < tests.end && ask(tests.begin, tests.end, 0);
}

void RuleRun::ask_again(HeldRule& held, std::vector<Finding> outranked, bool& holds) {
  std::sort(outranked.begin(), outranked.end());
  outranked_ = std::move(outranked);
  held.findings.clear();
  held.captures.clear();
  holds = hold(held);
  outranked_.clear();
}

/// Evaluates the condition at `index`; its children lie before `end`. Findings of a condition that does not hold are
/// dropped.
bool RuleRun::ask(std::uint32_t index, std::uint32_t end, int depth) {
  if (depth > kDeepest) return false;
  auto const test = image_.get<TestRecord>(Section::tests, index);
  std::size_t const findings = current_->findings.size(), captures = current_->captures.size();
  auto const forget = [&] {
    current_->findings.resize(findings);
    current_->captures.resize(captures);
  };
  bool holds = false;
  switch (static_cast<Test::Kind>(test.kind)) {
    case Test::Kind::all:
    case Test::Kind::any:
      holds = ask_children(test, index + 1, end, depth);
      break;
    case Test::Kind::none:
      holds = !ask_children(test, index + 1, end, depth);
      forget();
      break;
    case Test::Kind::keywords:
      holds = ask_keywords(index, test);
      break;
    case Test::Kind::regex:
      holds = ask_regex(index, test);
      break;
    case Test::Kind::equals:
    case Test::Kind::in:
      holds = ask_equals(test);
      break;
    case Test::Kind::range:
      holds = ask_range(test);
      break;
    case Test::Kind::exists:
      holds = ask_exists(test);
      break;
  }
  if (!holds) forget();
  return holds;
}

/// All children for `all`; any for `any` and `none`. `any` evaluates all of them to collect their findings.
bool RuleRun::ask_children(TestRecord const& test, std::uint32_t first, std::uint32_t end, int depth) {
  auto const kind = static_cast<Test::Kind>(test.kind);
  bool const all = kind == Test::Kind::all;
  bool holds = all;
  for (std::uint32_t child = first; child < end;) {
    std::uint32_t const next = std::clamp(image_.get<TestRecord>(Section::tests, child).end, child + 1, end);
    bool const one = ask(child, next, depth + 1);
    if (all && !one) return false;
    if (one && kind == Test::Kind::none) return true;
    holds |= one;
    child = next;
  }
  return holds;
}

std::pair<std::size_t, std::size_t> RuleRun::occurrences(std::uint32_t test, std::uint32_t kind) const {
  auto const wanted = std::pair(test, kind);
  auto const first = std::lower_bound(found_.begin(), found_.end(), wanted, [](auto const& word, auto const& pair) {
    return std::pair(word.test, word.kind) < pair;
  });
  auto last = first;
  while (last != found_.end() && std::pair(last->test, last->kind) == wanted) ++last;
  return {static_cast<std::size_t>(first - found_.begin()), static_cast<std::size_t>(last - found_.begin())};
}

bool RuleRun::excepted(Occurrence const& word, std::pair<std::size_t, std::size_t> exceptions) const {
  for (std::size_t i = exceptions.first; i < exceptions.second; ++i) {
    auto const& other = found_[i];
    if (other.fact == word.fact && other.begin <= word.begin && word.end <= other.end) return true;
  }
  return false;
}

bool RuleRun::ask_keywords(std::uint32_t index, TestRecord const& test) {
  auto const words = occurrences(index, PostingRecord::keyword);
  if (words.first == words.second) return false;
  auto const exceptions = occurrences(index, PostingRecord::exception);
  bool holds = false;
  Occurrence const* outer = nullptr;
  for (std::size_t i = words.first; i < words.second; ++i) {
    auto const& word = found_[i];
    if (outer && outer->fact == word.fact && word.end <= outer->end) continue;  // inside a longer one
    outer = &word;
    Finding const finding{word.fact, word.begin, word.end, true};
    if (hidden(word.fact)) continue;
    if ((test.flags & TestRecord::kGuard) && word.negated) {
      pass_over(finding, HeldBack::Why::denied);
    } else if (std::binary_search(outranked_.begin(), outranked_.end(), finding)) {
      pass_over(finding, HeldBack::Why::longer_word);
    } else if (excepted(word, exceptions)) {
      pass_over(finding, HeldBack::Why::exception);
    } else {
      holds = true;
      find(finding);
    }
  }
  return holds;
}

bool RuleRun::ask_regex(std::uint32_t index, TestRecord const& test) {
  std::string_view const pattern = image_.text(image_.get<Text>(Section::words, test.words.begin));
  bool const with_groups = current_->record.extracts.begin < current_->record.extracts.end;
  auto const literals = occurrences(index, PostingRecord::literal);
  bool holds = false;
  Span const facts = facts_of(test);
  for (std::uint32_t i = facts.begin; i < facts.end; ++i) {
    std::uint32_t const fact = fact_at(i);
    std::string_view const text = original(fact);
    if (text.empty()) continue;
    if ((test.flags & TestRecord::kLiterals) && facts_.folded(fact).keeps_literals() &&
        std::none_of(found_.begin() + static_cast<std::ptrdiff_t>(literals.first),
                     found_.begin() + static_cast<std::ptrdiff_t>(literals.second),
                     [&](Occurrence const& word) { return word.fact == fact; }) &&
        found_.size() < kMostOccurrences) {
      continue;
    }
    RegexMatch match;
    if (!regexes_.find(test.regex, pattern, text, with_groups, match)) continue;
    holds = true;
    find({fact, static_cast<std::uint32_t>(match.begin), static_cast<std::uint32_t>(match.end), false});
    std::move(match.groups.begin(), match.groups.end(), std::back_inserter(current_->captures));
  }
  return holds;
}

bool RuleRun::ask_equals(TestRecord const& test) {
  Span const facts = facts_of(test);
  Span const words = image_.within(Section::words, test.words);
  for (std::uint32_t i = facts.begin; i < facts.end; ++i) {
    std::uint32_t const fact = fact_at(i);
    if (hidden(fact)) continue;
    std::string_view const value = facts_.folded(fact).text();
    for (std::uint32_t w = words.begin; w < words.end; ++w) {
      if (image_.text(image_.get<Text>(Section::words, w)) != value) continue;
      find({fact, 0, static_cast<std::uint32_t>(original(fact).size()), false});
      return true;
    }
  }
  return false;
}

bool RuleRun::ask_range(TestRecord const& test) {
  Span const facts = facts_of(test);
  for (std::uint32_t i = facts.begin; i < facts.end; ++i) {
    std::uint32_t const fact = fact_at(i);
    auto const number = base::parse_decimal(original(fact));
    if (!number || ((test.flags & TestRecord::kMin) && *number < test.min) ||
        ((test.flags & TestRecord::kMax) && *number > test.max)) {
      continue;
    }
    find({fact, 0, static_cast<std::uint32_t>(original(fact).size()), false});
    return true;
  }
  return false;
}

bool RuleRun::ask_exists(TestRecord const& test) {
  Span const facts = facts_of(test);
  for (std::uint32_t i = facts.begin; i < facts.end; ++i) {
    if (!original(fact_at(i)).empty()) return true;
  }
  return false;
}

void RuleRun::pass_over(Finding const& finding, HeldBack::Why why) {
  if (passed_over_.size() < kMostPassedOver) passed_over_.push_back({current_->rule, finding, why});
}

void RuleRun::find(Finding const& finding) {
  auto& findings = current_->findings;
  if (findings.size() >= kMostFindings || finding.begin == finding.end) return;
  if (std::find(findings.begin(), findings.end(), finding) == findings.end()) findings.push_back(finding);
}

}  // namespace umsops::rules
