// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "learn/tuning.hpp"
#include "umsops/learn/quality.hpp"

namespace umsops::learn {

/// A target as it is written.
struct LearnedTarget {
  std::string name;
  std::vector<std::string> labels, strongest;
  std::vector<std::uint64_t> examples;
  std::uint64_t learned_from = 0;
  Linear model;
  Tuned tuned;
  Manner manner;
  Quality quality;
};

std::string write_model(Corpus const& corpus, Weighting const& weighting, std::vector<LearnedTarget> const& targets);

}  // namespace umsops::learn
