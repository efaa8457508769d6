// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <tuple>

#include "rules/rule_run.hpp"

namespace umsops::rules {
namespace {

struct Word {
  Finding finding;
  std::size_t owner = 0;  // index of the held rule
};

bool disagree(Image const& image, RuleRecord const& a, RuleRecord const& b) {
  Span const ours = image.within(Section::sets, a.sets), theirs = image.within(Section::sets, b.sets);
  for (std::uint32_t i = ours.begin; i < ours.end; ++i) {
    auto const mine = image.get<PairRecord>(Section::sets, i);
    for (std::uint32_t j = theirs.begin; j < theirs.end; ++j) {
      auto const other = image.get<PairRecord>(Section::sets, j);
      if (image.text(mine.name) == image.text(other.name) && image.text(mine.value) != image.text(other.value))
        return true;
    }
  }
  return false;
}

bool lies_inside(Finding const& inner, Finding const& outer) {
  return inner.fact == outer.fact && outer.begin <= inner.begin && inner.end <= outer.end &&
         outer.end - outer.begin > inner.end - inner.begin;
}

}  // namespace

std::vector<std::vector<Finding>> outranked_words(Image const& image, std::vector<HeldRule> const& held) {
  std::vector<std::vector<Finding>> out(held.size());
  std::vector<Word> words;
  for (std::size_t i = 0; i < held.size(); ++i) {
    for (auto const& finding : held[i].findings) {
      if (finding.is_word) words.push_back({finding, i});
    }
  }
  std::sort(words.begin(), words.end(), [](Word const& a, Word const& b) {
    return std::tuple(a.finding.fact, a.finding.begin, ~a.finding.end, a.owner) <
           std::tuple(b.finding.fact, b.finding.begin, ~b.finding.end, b.owner);
  });
  std::vector<Word const*> open;  // words that reach beyond the current one's beginning
  for (auto const& word : words) {
    std::erase_if(open, [&](Word const* other) {
      return other->finding.fact != word.finding.fact || other->finding.end <= word.finding.begin;
    });
    for (auto const* other : open) {
      if (!lies_inside(word.finding, other->finding)) continue;
      if (!disagree(image, held[word.owner].record, held[other->owner].record)) continue;
      out[word.owner].push_back(word.finding);
      break;
    }
    open.push_back(&word);
  }
  return out;
}

}  // namespace umsops::rules
