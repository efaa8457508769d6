// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "umsops/learn/features.hpp"

namespace umsops::learn {

/// A feature of a document: the row it has in the corpus, and how often it came.
struct Entry {
  std::uint32_t row = 0;
  std::uint32_t count = 0;
};

/// Many texts as counts of features, read once; what features weigh is found anew for each part of it that is learned
/// from. Features of a single document are not kept: nothing can be learned from them.
class Corpus {
 public:
  /// The same whatever the number of threads.
  static Corpus read(std::span<Text const> texts, unsigned threads);

  std::size_t documents() const { return shares_.size(); }
  std::size_t rows() const { return keys_.size(); }
  /// In the order of rows.
  std::span<Entry const> entries(std::size_t document) const {
    return {entries_.data() + begins_[document], begins_[document + 1] - begins_[document]};
  }
  double han_share(std::size_t document) const { return shares_[document]; }
  /// Single words and pairs of characters that are in no other document, and pairs of words and triples.
  std::uint32_t lone_singles(std::size_t document) const { return lone_singles_[document]; }
  std::uint32_t lone_pairs(std::size_t document) const { return lone_pairs_[document]; }
  /// Of the text that a document has in common with those that differ in nothing that is looked at.
  std::uint64_t digest(std::size_t document) const { return digests_[document]; }
  /// Rows lie by falling number of documents, then by key: what is looked for most lies together.
  std::uint64_t key(std::size_t row) const { return keys_[row]; }
  Block block(std::size_t row) const { return block_of(kind_of(keys_[row])); }

 private:
  std::vector<std::uint64_t> keys_;
  std::vector<std::size_t> begins_;
  std::vector<Entry> entries_;
  std::vector<double> shares_;
  std::vector<std::uint32_t> lone_singles_, lone_pairs_;
  std::vector<std::uint64_t> digests_;

  class Reader;
};

/// Whether the share of such features that are known tells how familiar a text is.
constexpr bool is_single(Kind kind) { return kind == Kind::word || kind == Kind::han_pair; }
constexpr bool is_pair(Kind kind) { return kind == Kind::word_pair || kind == Kind::han_triple; }

}  // namespace umsops::learn
