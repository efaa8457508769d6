// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "learn/weighting.hpp"

namespace umsops::learn {

/// How a model is fitted.
struct Strength {
  double blend = 0.5;  ///< of the naive-Bayes ratios with equal scales, 0 to 1
  double cost = 2;     ///< of an error
};

/// Weights of one class against all others.
struct ClassWeights {
  std::vector<float> rows;
  float bias = 0;
};

/// Memory that fits of several classes use one after the other.
class ClassSolver {
 public:
  explicit ClassSolver(Matrix const& matrix);
  /// `labels`: of the matrix's documents. Starts from nothing: the same for the same class, whatever came before.
  ClassWeights const& solve(std::span<std::int32_t const> labels, std::int32_t chosen, Strength const& strength);

 private:
  /// A weight and the square of its feature's scale, side by side: one look into memory for both.
  struct Scaled {
    float weight = 0, square = 1;
  };
  void scale(std::span<std::int32_t const> labels, std::int32_t chosen, double blend);
  void descend(std::uint64_t seed, double cost);
  double margin(std::size_t document) const;
  double length(std::size_t document) const;

  Matrix const& matrix_;
  std::vector<Scaled> scaled_;
  double bias_ = 0;
  std::vector<double> in_, all_;  ///< how much each feature weighs in the class, and everywhere
  std::vector<double> alpha_, diagonal_;
  std::vector<signed char> signs_;
  std::vector<std::uint32_t> order_;
  ClassWeights out_;
};

}  // namespace umsops::learn
