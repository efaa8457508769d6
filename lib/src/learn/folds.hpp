// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "learn/corpus.hpp"

namespace umsops::learn {

inline constexpr std::size_t kFolds = 5;

/// Documents with a known label, both by position.
struct Labelled {
  std::vector<std::uint32_t> documents;
  std::vector<std::int32_t> labels;
  std::size_t classes = 0;

  std::size_t size() const { return documents.size(); }
};

/// At most so many of them, whole groups of equal texts, chosen by their digests.
Labelled sample_of(Corpus const& corpus, Labelled const& all, std::size_t most);
/// The fold of each. Equal texts are in one fold, and each fold has its part of every class.
std::vector<std::uint8_t> folds_of(Corpus const& corpus, Labelled const& all);
/// The fold that hides each class.
std::vector<std::uint8_t> hiding_folds(std::size_t classes);

}  // namespace umsops::learn
