// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bit>
#include <tuple>

#include "rules/word_key.hpp"
#include "rules/word_table.hpp"

namespace umsops::rules {
namespace {

std::uint64_t key_of(std::string_view word) {
  char bytes[8] = {};
  std::size_t const size = std::min(word.size(), kLongestKey);
  std::copy_n(word.data(), size, bytes);
  return word_key(bytes, size);
}

std::uint32_t table_size(std::size_t entries) {
  return std::bit_ceil(static_cast<std::uint32_t>(std::max<std::size_t>(entries, 1)) * 2);
}

auto order(PostingRecord const& posting) { return std::tuple(posting.test, posting.kind); }

}  // namespace

void WordTableBuilder::add(std::string folded, PostingRecord const& posting) {
  std::uint64_t const key = key_of(folded);
  entries_.push_back({key, std::move(folded), posting});
}

std::uint32_t WordTableBuilder::write(ImageWriter& out) {
  std::sort(entries_.begin(), entries_.end(), [](Entry const& a, Entry const& b) {
    if (a.key != b.key) return a.key < b.key;
    if (int const c = a.word.compare(b.word); c != 0) return c < 0;
    return order(a.posting) < order(b.posting);
  });
  write_patterns(out);
  write_groups(out);
  write_filter(out);
  return lengths();
}

std::uint32_t WordTableBuilder::lengths() const {
  std::uint32_t lengths = 0;
  for (auto const& pattern : patterns_) {
    std::uint32_t const bit = 1u << std::min(pattern.word.size(), kLongestKey);
    bool const ascii = is_ascii(pattern.word[0]);
    lengths |= bit << lengths_shift(ascii, false);
    if (pattern.inside_words) lengths |= bit << lengths_shift(ascii, true);
  }
  return lengths;
}

void WordTableBuilder::write_patterns(ImageWriter& out) {
  std::vector<std::uint32_t> open;  // the chain of patterns that the current one begins with
  for (std::size_t i = 0; i < entries_.size();) {
    std::string_view const word = entries_[i].word;
    Pattern pattern{word};
    PatternRecord record;
    record.postings.begin = out.count(Section::postings);
    std::size_t const first = i;
    for (; i < entries_.size() && entries_[i].word == word; ++i) {
      auto const& posting = entries_[i].posting;
      if (i > first && order(entries_[i - 1].posting) == order(posting)) continue;
      out.add(Section::postings, posting);
      std::size_t size = 0;
      pattern.inside_words |= posting.kind == PostingRecord::literal && letter_at(word, 0, size) == Letter::word;
    }
    record.postings.end = out.count(Section::postings);
    record.text = out.text(word);

    std::uint64_t const key = entries_[first].key;
    if (groups_.empty() || groups_.back().key != key) {
      auto const begin = static_cast<std::uint32_t>(patterns_.size());
      groups_.push_back({key, {begin, begin}});
      open.clear();
    }
    ++groups_.back().patterns.end;
    while (!open.empty() && !word.starts_with(patterns_[open.back()].word)) open.pop_back();
    record.parent = open.empty() ? 0 : open.back() + 1;
    open.push_back(out.add(Section::patterns, record));
    patterns_.push_back(pattern);
  }
}

void WordTableBuilder::write_groups(ImageWriter& out) const {
  std::vector<GroupRecord> table(table_size(groups_.size()));
  auto const mask = static_cast<std::uint32_t>(table.size() - 1);
  for (auto const& group : groups_) {
    std::uint32_t at = key_hash(group.key) & mask;
    while (table[at].key != 0) at = (at + 1) & mask;
    table[at] = {group.key, group.patterns};
  }
  for (auto const& record : table) out.add(Section::groups, record);
}

/// Two bit sets of equal size: for the beginnings of words, and for the places inside them.
void WordTableBuilder::write_filter(ImageWriter& out) const {
  std::uint32_t const words = std::max(32u, table_size(groups_.size()) / 4);
  std::vector<std::uint32_t> bits(words * 2);
  for (auto const& group : groups_) {
    std::uint32_t const bit = key_hash(group.key) & (words * 32 - 1);
    bits[bit / 32] |= 1u << bit % 32;
    for (std::uint32_t i = group.patterns.begin; i < group.patterns.end; ++i) {
      if (patterns_[i].inside_words) bits[words + bit / 32] |= 1u << bit % 32;
    }
  }
  for (auto const word : bits) out.add(Section::filter, word);
}

}  // namespace umsops::rules
