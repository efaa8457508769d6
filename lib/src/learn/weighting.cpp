// SPDX-License-Identifier: Apache-2.0
#include "learn/weighting.hpp"

#include <array>
#include <cmath>

#include "learn/arithmetic.hpp"

namespace umsops::learn {

double rarity(std::uint64_t documents, std::uint64_t with_it) {
  return std::sqrt(1 + natural_log(static_cast<double>(1 + documents) / static_cast<double>(1 + with_it)));
}

double damped(std::uint32_t count) { return count == 1 ? 1 : 1 + natural_log(count); }

void normalise(std::span<Weighed> features, double han_share) {
  std::array<double, kBlocks> squares{};
  for (auto const& one : features) squares[static_cast<std::size_t>(one.block)] += one.value * one.value;
  // Words and their parts share what is not of other scripts.
  std::array<double, kBlocks> const shares{(1 - han_share) / 2, (1 - han_share) / 2, han_share};
  std::array<double, kBlocks> factors{};
  double whole = 0;
  for (std::size_t i = 0; i < kBlocks; ++i) {
    if (squares[i] <= 0) continue;
    factors[i] = std::sqrt(shares[i] / squares[i]);
    whole += shares[i];
  }
  if (whole <= 0) return;
  for (auto& factor : factors) factor /= std::sqrt(whole);
  for (auto& one : features) one.value *= factors[static_cast<std::size_t>(one.block)];
}

Weighting::Weighting(Corpus const& corpus, std::span<std::uint32_t const> learned)
    : documents(learned.size()), rarity(corpus.rows()), largest(learn::rarity(learned.size(), 0)) {
  std::vector<std::uint32_t> counts(corpus.rows());
  for (auto const document : learned) {
    for (auto const& entry : corpus.entries(document)) ++counts[entry.row];
  }
  for (std::size_t row = 0; row < counts.size(); ++row) {
    if (counts[row] > 1) rarity[row] = learn::rarity(documents, counts[row]);
  }
}

Vector vector_of(Corpus const& corpus, Weighting const& weighting, std::size_t document) {
  std::vector<Weighed> weighed;
  auto const entries = corpus.entries(document);
  weighed.reserve(entries.size());
  double singles = 0, pairs = 0;
  double all_singles = corpus.lone_singles(document) * weighting.largest;
  double all_pairs = corpus.lone_pairs(document) * weighting.largest;
  for (auto const& entry : entries) {
    Kind const kind = kind_of(corpus.key(entry.row));
    double const rarity = weighting.rarity[entry.row];
    double const mass = rarity > 0 ? rarity : weighting.largest;
    if (is_single(kind)) {
      all_singles += mass;
      singles += rarity;
    } else if (is_pair(kind)) {
      all_pairs += mass;
      pairs += rarity;
    }
    if (rarity > 0) weighed.push_back({entry.row, block_of(kind), damped(entry.count) * rarity});
  }
  normalise(weighed, corpus.han_share(document));
  Vector out;
  out.coverage = {all_singles > 0 ? singles / all_singles : 0, all_pairs > 0 ? pairs / all_pairs : 0,
                  static_cast<double>(weighed.size())};
  out.cells.reserve(weighed.size());
  for (auto const& one : weighed) out.cells.push_back({one.row, static_cast<float>(one.value)});
  return out;
}

Matrix matrix_of(Corpus const& corpus, Weighting const& weighting, std::span<std::uint32_t const> documents) {
  Matrix out;
  out.rows = corpus.rows();
  std::size_t cells = 0;
  for (auto const document : documents) cells += corpus.entries(document).size();
  out.cells.reserve(cells);
  for (auto const document : documents) {
    auto const vector = vector_of(corpus, weighting, document);
    out.cells.insert(out.cells.end(), vector.cells.begin(), vector.cells.end());
    out.begins.push_back(out.cells.size());
  }
  return out;
}

}  // namespace umsops::learn
