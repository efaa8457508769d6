// SPDX-License-Identifier: Apache-2.0
#include "learn/folds.hpp"

#include <algorithm>
#include <numeric>

#include "learn/arithmetic.hpp"

namespace umsops::learn {
namespace {

/// Chance by the digest: the same texts get the same whatever stands beside them.
std::uint64_t lot_of(std::uint64_t digest) { return Random(digest).next(); }

/// Positions in the order of lots, equal texts side by side.
std::vector<std::size_t> by_lot(Corpus const& corpus, Labelled const& all) {
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<std::uint64_t> lots;
  for (auto const document : all.documents) lots.push_back(lot_of(corpus.digest(document)));
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return lots[a] != lots[b] ? lots[a] < lots[b] : a < b; });
  return order;
}

}  // namespace

Labelled sample_of(Corpus const& corpus, Labelled const& all, std::size_t most) {
  if (all.size() <= most) return all;
  auto order = by_lot(corpus, all);
  std::size_t end = most;
  auto const digest = [&](std::size_t at) { return corpus.digest(all.documents[order[at]]); };
  while (end > 1 && digest(end - 1) == digest(end)) --end;
  order.resize(end);
  std::sort(order.begin(), order.end());
  Labelled out;
  out.classes = all.classes;
  for (auto const at : order) {
    out.documents.push_back(all.documents[at]);
    out.labels.push_back(all.labels[at]);
  }
  return out;
}

std::vector<std::uint8_t> folds_of(Corpus const& corpus, Labelled const& all) {
  std::vector<std::uint8_t> folds(all.size());
  std::vector<std::uint8_t> next(all.classes);  // dealt in turn within each class
  for (std::size_t i = 0; i < next.size(); ++i) next[i] = static_cast<std::uint8_t>(i % kFolds);
  auto const order = by_lot(corpus, all);
  for (std::size_t at = 0; at < order.size(); ++at) {
    std::size_t const i = order[at];
    bool const repeated = at > 0 && corpus.digest(all.documents[order[at - 1]]) == corpus.digest(all.documents[i]);
    if (repeated) {
      folds[i] = folds[order[at - 1]];
      continue;
    }
    auto& turn = next[static_cast<std::size_t>(all.labels[i])];
    folds[i] = turn;
    turn = static_cast<std::uint8_t>((turn + 1) % kFolds);
  }
  return folds;
}

std::vector<std::uint8_t> hiding_folds(std::size_t classes) {
  std::vector<std::size_t> order(classes);
  std::iota(order.begin(), order.end(), std::size_t{0});
  Random random(classes);
  for (std::size_t i = 0; i + 1 < classes; ++i) {
    std::swap(order[i], order[i + random.below(static_cast<std::uint32_t>(classes - i))]);
  }
  std::vector<std::uint8_t> out(classes);
  for (std::size_t i = 0; i < classes; ++i) out[order[i]] = static_cast<std::uint8_t>(i % kFolds);
  return out;
}

}  // namespace umsops::learn
