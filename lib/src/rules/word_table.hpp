// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/folded_text.hpp"
#include "rules/image.hpp"
#include "rules/image_writer.hpp"

namespace umsops::rules {

/// All words that a rule set looks for, as one automaton that is entered only where a word may begin: a bit filter over
/// the first bytes turns nearly every place away; behind it lie sorted groups in which each word is linked to the
/// longest one that it begins with, so that one look finds the longest word at a place and the chain all shorter ones.
class WordTableBuilder {
 public:
  void add(std::string folded, PostingRecord const& posting);
  /// Writes patterns, postings, groups and filter; gives the sets of key lengths in use.
  std::uint32_t write(ImageWriter& out);

 private:
  struct Entry {
    std::uint64_t key;
    std::string word;
    PostingRecord posting;
  };
  void write_patterns(ImageWriter& out);
  void write_groups(ImageWriter& out) const;
  void write_filter(ImageWriter& out) const;
  std::uint32_t lengths() const;

  struct Pattern {
    std::string_view word;
    bool inside_words = false;  ///< some literal looks for it in the middle of words too
  };
  struct Group {
    std::uint64_t key = 0;
    Span patterns;
  };
  std::vector<Entry> entries_;
  std::vector<Pattern> patterns_;
  std::vector<Group> groups_;
};

/// A place where a word that some condition looks for was found; offsets in the folded text.
struct Occurrence {
  std::uint32_t test = 0, kind = 0, fact = 0;
  std::uint32_t begin = 0, end = 0;
  std::uint32_t rule = 0;
  bool negated = false;
};

/// Appends what occurs in the text of one fact, at most `most` in all.
void find_words(Image const& image, std::uint32_t fact, FoldedText const& text, std::size_t most,
                std::vector<Occurrence>& found);

}  // namespace umsops::rules
