// SPDX-License-Identifier: Apache-2.0
#include "rules/word_table.hpp"

#include <algorithm>
#include <bit>
#include <optional>

#include "rules/negation.hpp"
#include "rules/word_key.hpp"

namespace umsops::rules {
namespace {

/// One pass over one text.
class Scan {
 public:
  Scan(Image const& image, std::uint32_t fact, FoldedText const& text, std::size_t most, std::vector<Occurrence>& found)
      : image_(image), fact_(fact), whole_(text), text_(text.text()), data_(text.data()), most_(most), found_(found) {
    filter_words_ = image.count(Section::filter) / 2;
    group_mask_ = image.count(Section::groups) - 1;
    filter_ = image.data(Section::filter);
  }

  void run() {
    Letter previous = Letter::other;
    for (std::size_t at = 0; at < text_.size() && found_.size() < most_;) {
      std::size_t size = 1;
      Letter const letter = letter_at(text_, at, size);
      bool const inside_word = letter == Letter::word && previous == Letter::word;
      if (auto const lengths = image_.lengths() >> lengths_shift(size == 1, inside_word) & 0xFF; lengths != 0) {
        look(at, lengths, inside_word);
      }
      previous = letter;
      at += size;
    }
  }

 private:
  void look(std::size_t at, std::uint32_t lengths, bool inside_word) {
    std::size_t const rest = text_.size() - at;
    for (; lengths != 0; lengths &= lengths - 1) {
      auto const size = static_cast<std::size_t>(std::countr_zero(lengths));
      if (size > kLongestKey || size > rest) return;
      std::uint64_t const key = word_key(data_ + at, size);
      std::uint32_t const hash = key_hash(key);
      std::uint32_t const bit = hash & (filter_words_ * 32 - 1);
      std::uint32_t word = 0;
      std::memcpy(&word, filter_ + 4 * std::size_t{bit / 32 + (inside_word ? filter_words_ : 0)}, sizeof word);
      if (word >> bit % 32 & 1) look_up(at, key, hash);
    }
  }

  void look_up(std::size_t at, std::uint64_t key, std::uint32_t hash) {
    for (std::uint32_t step = 0; step <= group_mask_; ++step) {
      auto const group = image_.get<GroupRecord>(Section::groups, (hash + step) & group_mask_);
      if (group.key == key) return look_in(at, image_.within(Section::patterns, group.patterns));
      if (group.key == 0) return;
    }
  }

  void look_in(std::size_t at, Span group) {
    std::string_view const rest = text_.substr(at);
    std::uint32_t low = group.begin, high = group.end;
    while (low < high) {
      std::uint32_t const middle = low + (high - low) / 2;
      if (image_.text(image_.get<PatternRecord>(Section::patterns, middle).text) <= rest) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    for (std::uint32_t number = low; number > group.begin;) {  // number = index + 1
      auto const pattern = image_.get<PatternRecord>(Section::patterns, number - 1);
      std::string_view const word = image_.text(pattern.text);
      if (!word.empty() && rest.starts_with(word)) take(pattern, at, at + word.size());
      if (pattern.parent >= number) return;
      number = pattern.parent;
    }
  }

  void take(PatternRecord const& pattern, std::size_t begin, std::size_t end) {
    bool const whole = stands_alone(begin, end);
    std::optional<bool> negated;
    Span const postings = image_.within(Section::postings, pattern.postings);
    for (std::uint32_t i = postings.begin; i < postings.end && found_.size() < most_; ++i) {
      auto const posting = image_.get<PostingRecord>(Section::postings, i);
      if (posting.kind != PostingRecord::literal && !whole) continue;
      auto const test = image_.get<TestRecord>(Section::tests, posting.test);
      if (!looks_at(test)) continue;
      if (posting.kind == PostingRecord::keyword && (test.flags & TestRecord::kGuard) && !negated) {
        negated = is_negated(whole_, begin, end, negated_ends_);
        if (*negated) note_negated(static_cast<std::uint32_t>(end));
      }
      found_.push_back({posting.test, posting.kind, fact_, static_cast<std::uint32_t>(begin),
                        static_cast<std::uint32_t>(end), posting.rule, negated.value_or(false)});
    }
  }

  void note_negated(std::uint32_t end) {
    negated_ends_.insert(std::upper_bound(negated_ends_.begin(), negated_ends_.end(), end), end);
  }

  bool looks_at(TestRecord const& test) const {
    Span const facts = image_.within(Section::test_facts, test.facts);
    for (std::uint32_t i = facts.begin; i < facts.end; ++i) {
      if (image_.get<std::uint32_t>(Section::test_facts, i) == fact_) return true;
    }
    return false;
  }

  /// Neither end of the word lies inside a longer word of the text.
  bool stands_alone(std::size_t begin, std::size_t end) const {
    std::size_t size = 0;
    if (begin > 0 && letter_at(text_, begin, size) == Letter::word &&
        letter_before(text_, begin, size) == Letter::word) {
      return false;
    }
    return end >= text_.size() || letter_before(text_, end, size) != Letter::word ||
           letter_at(text_, end, size) != Letter::word;
  }

  Image const& image_;
  std::uint32_t fact_;
  FoldedText const& whole_;
  std::string_view text_;
  char const* data_;
  std::size_t most_;
  std::vector<Occurrence>& found_;
  std::vector<std::uint32_t> negated_ends_;
  std::uint32_t filter_words_ = 0, group_mask_ = 0;
  char const* filter_ = nullptr;
};

}  // namespace

void find_words(Image const& image, std::uint32_t fact, FoldedText const& text, std::size_t most,
                std::vector<Occurrence>& found) {
  Scan(image, fact, text, most, found).run();
}

}  // namespace umsops::rules
