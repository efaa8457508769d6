// SPDX-License-Identifier: Apache-2.0
#include "learn/solver.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "learn/arithmetic.hpp"

namespace umsops::learn {
namespace {

constexpr int kMostPasses = 100;
constexpr double kTolerance = 0.1;
constexpr double kSmoothing = 0.1;  ///< of the masses whose ratio tells how much a feature speaks for a class
constexpr double kInfinite = std::numeric_limits<double>::infinity();

}  // namespace

ClassSolver::ClassSolver(Matrix const& matrix)
    : matrix_(matrix),
      scaled_(matrix.rows),
      in_(matrix.rows),
      all_(matrix.rows),
      alpha_(matrix.documents()),
      diagonal_(matrix.documents()),
      signs_(matrix.documents()),
      order_(matrix.documents()) {
  for (auto const& cell : matrix.cells) all_[cell.row] += static_cast<double>(cell.value);
  out_.rows.resize(matrix.rows);
}

/// Features that are as frequent in the class as elsewhere count less: naive Bayes' log-count ratios, blended with 1.
void ClassSolver::scale(std::span<std::int32_t const> labels, std::int32_t chosen, double blend) {
  for (auto& one : scaled_) one = {};
  if (blend <= 0) return;
  std::fill(in_.begin(), in_.end(), 0);
  for (std::size_t i = 0; i < matrix_.documents(); ++i) {
    if (labels[i] != chosen) continue;
    for (auto const& cell : matrix_.document(i)) in_[cell.row] += static_cast<double>(cell.value);
  }
  double in = 0, out = 0;
  std::size_t known = 0;
  for (std::size_t row = 0; row < in_.size(); ++row) {
    if (all_[row] <= 0) continue;
    in += in_[row] + kSmoothing;
    out += std::max(0.0, all_[row] - in_[row]) + kSmoothing;
    ++known;
  }
  double sum = 0;
  for (std::size_t row = 0; row < in_.size(); ++row) {
    if (all_[row] <= 0) continue;
    double const others = std::max(0.0, all_[row] - in_[row]) + kSmoothing;
    double const ratio = std::abs(natural_log((in_[row] + kSmoothing) * out / (others * in)));
    in_[row] = ratio;
    sum += ratio;
  }
  if (sum <= 0) return;
  double const mean = sum / static_cast<double>(known);
  for (std::size_t row = 0; row < in_.size(); ++row) {
    if (all_[row] <= 0) continue;
    double const factor = (1 - blend) + blend * in_[row] / mean;
    scaled_[row].square = static_cast<float>(factor * factor);
  }
}

double ClassSolver::margin(std::size_t document) const {
  // Four sums, in a fixed order: one would wait for itself.
  double sums[4] = {};
  auto const cells = matrix_.document(document);
  std::size_t i = 0;
  for (; i + 4 <= cells.size(); i += 4) {
    for (std::size_t k = 0; k < 4; ++k) {
      auto const& cell = cells[i + k];
      sums[k] += static_cast<double>(scaled_[cell.row].weight) * static_cast<double>(cell.value);
    }
  }
  for (; i < cells.size(); ++i) {
    sums[0] += static_cast<double>(scaled_[cells[i].row].weight) * static_cast<double>(cells[i].value);
  }
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + bias_;
}

double ClassSolver::length(std::size_t document) const {
  double sum = 1;  // the bias
  for (auto const& cell : matrix_.document(document)) {
    sum += static_cast<double>(scaled_[cell.row].square) * static_cast<double>(cell.value) *
           static_cast<double>(cell.value);
  }
  return sum;
}

/// Dual coordinate descent for the squared hinge (Hsieh et al. 2008), with shrinking: one document's multiplier at a
/// time is brought to its optimum; those that stay at their bound are left out until the rest has settled.
void ClassSolver::descend(std::uint64_t seed, double cost) {
  std::size_t const documents = matrix_.documents();
  double const ridge = 0.5 / cost;
  bias_ = 0;
  std::fill(alpha_.begin(), alpha_.end(), 0);
  for (std::size_t i = 0; i < documents; ++i) diagonal_[i] = length(i) + ridge;
  std::iota(order_.begin(), order_.end(), 0u);
  Random random(seed);
  std::size_t active = documents;
  double bound = kInfinite;
  for (int pass = 0; pass < kMostPasses; ++pass) {
    double highest = -kInfinite, lowest = kInfinite;
    for (std::size_t i = 0; i + 1 < active; ++i) {
      std::swap(order_[i], order_[i + random.below(static_cast<std::uint32_t>(active - i))]);
    }
    for (std::size_t at = 0; at < active; ++at) {
      std::uint32_t const i = order_[at];
      double const sign = signs_[i];
      double const gradient = sign * margin(i) - 1 + alpha_[i] * ridge;
      double projected = gradient;
      if (alpha_[i] == 0) {
        if (gradient > bound) {
          std::swap(order_[at--], order_[--active]);
          continue;
        }
        projected = std::min(gradient, 0.0);
      }
      highest = std::max(highest, projected);
      lowest = std::min(lowest, projected);
      if (std::abs(projected) <= 1e-12) continue;
      double const before = alpha_[i];
      alpha_[i] = std::max(0.0, before - gradient / diagonal_[i]);
      double const change = sign * (alpha_[i] - before);
      for (auto const& cell : matrix_.document(i)) {
        auto& one = scaled_[cell.row];
        one.weight = static_cast<float>(static_cast<double>(one.weight) +
                                        change * static_cast<double>(one.square) * static_cast<double>(cell.value));
      }
      bias_ += change;
    }
    if (highest - lowest <= kTolerance) {
      if (active == documents) break;
      active = documents;
      bound = kInfinite;
      continue;
    }
    bound = highest <= 0 ? kInfinite : highest;
  }
}

ClassWeights const& ClassSolver::solve(std::span<std::int32_t const> labels, std::int32_t chosen,
                                       Strength const& strength) {
  for (std::size_t i = 0; i < labels.size(); ++i) signs_[i] = labels[i] == chosen ? 1 : -1;
  scale(labels, chosen, strength.blend);
  descend(static_cast<std::uint64_t>(chosen) + 1, strength.cost);
  for (std::size_t row = 0; row < scaled_.size(); ++row) out_.rows[row] = scaled_[row].weight;
  out_.bias = static_cast<float>(bias_);
  return out_;
}

}  // namespace umsops::learn
