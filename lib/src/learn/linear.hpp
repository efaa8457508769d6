// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "learn/solver.hpp"

namespace umsops::learn {

/// Weights of all classes, each against the others.
struct Linear {
  std::size_t classes = 0;
  std::vector<float> weights;  ///< of a row the classes' side by side
  std::vector<float> biases;
  std::vector<bool> fitted;  ///< no document of a class that was not: it is never chosen
};

/// `labels`: of the matrix's documents, 0 to below `classes`.
Linear fit(Matrix const& matrix, std::span<std::int32_t const> labels, std::size_t classes, Strength const& strength,
           unsigned threads);

/// The two best classes of a text and how sure that is, before it is made a probability.
struct Signals {
  std::int32_t best = -1, second = -1;
  double margin = 0, gap = 0;
  Coverage coverage;
};
/// Of the margins of all classes; ties go to the first. `open`: classes that may be chosen.
Signals signals_of(std::span<double const> margins, std::vector<bool> const& open, Coverage const& coverage);
Signals judge(Linear const& model, Vector const& text);

}  // namespace umsops::learn
