// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "learn/corpus.hpp"

namespace umsops::learn {

/// What a feature of so many of so many documents weighs.
double rarity(std::uint64_t documents, std::uint64_t with_it);

/// A feature of a text, on its way to a value.
struct Weighed {
  std::uint32_t row = 0;
  Block block = Block::words;
  double value = 0;
};
/// 1 + ln count.
double damped(std::uint32_t count);
/// Brings each block to length 1, the blocks to their shares, the whole to length 1.
void normalise(std::span<Weighed> features, double han_share);

/// What features weigh by the documents that are learned from: others of the corpus count for nothing.
struct Weighting {
  std::size_t documents = 0;
  std::vector<double> rarity;  ///< of each row; 0: fewer than two of the documents have it
  double largest = 0;          ///< of a feature that no document has

  Weighting(Corpus const& corpus, std::span<std::uint32_t const> learned);
};

/// How much of a text's words is known, by what they weigh: what tells familiar texts from others.
struct Coverage {
  double singles = 0, pairs = 0;
  double features = 0;  ///< how many different ones are known
};

/// The value of a feature in a document.
struct Cell {
  std::uint32_t row;
  float value;
};

/// A document as a vector.
struct Vector {
  std::vector<Cell> cells;
  Coverage coverage;
};
Vector vector_of(Corpus const& corpus, Weighting const& weighting, std::size_t document);

/// Documents that are learned from.
struct Matrix {
  std::vector<std::size_t> begins{0};
  std::vector<Cell> cells;
  std::size_t rows = 0;  ///< of the corpus

  std::size_t documents() const { return begins.size() - 1; }
  std::span<Cell const> document(std::size_t i) const { return {cells.data() + begins[i], begins[i + 1] - begins[i]}; }
};
Matrix matrix_of(Corpus const& corpus, Weighting const& weighting, std::span<std::uint32_t const> documents);

}  // namespace umsops::learn
