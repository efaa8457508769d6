// SPDX-License-Identifier: Apache-2.0
#include "learn/calibration.hpp"

#include <algorithm>
#include <cmath>

#include "learn/arithmetic.hpp"

namespace umsops::learn {
namespace {

constexpr double kHiddenShare = 0.02;
constexpr double kRidge = 1;  ///< against weights without end where a signal parts right from wrong
constexpr std::size_t kWeights = kSignals + 1;
using Row = std::array<double, kWeights>;

std::array<double, kSignals> numbers_of(Signals const& signals) {
  return {signals.margin, signals.gap, signals.coverage.singles, signals.coverage.pairs,
          natural_log(1 + signals.coverage.features)};
}

/// Solves a x = b, a symmetric and positive: Gaussian elimination without a search for pivots.
Row solved(std::array<Row, kWeights> a, Row b) {
  for (std::size_t i = 0; i < kWeights; ++i) {
    for (std::size_t j = i + 1; j < kWeights; ++j) {
      double const factor = a[j][i] / a[i][i];
      for (std::size_t k = i; k < kWeights; ++k) a[j][k] -= factor * a[i][k];
      b[j] -= factor * b[i];
    }
  }
  for (std::size_t i = kWeights; i-- > 0;) {
    for (std::size_t j = i + 1; j < kWeights; ++j) b[i] -= a[i][j] * b[j];
    b[i] /= a[i][i];
  }
  return b;
}

void standardise(Confidence& out, std::span<Judged const> judged) {
  std::array<double, kSignals> sums{}, squares{};
  for (auto const& one : judged) {
    auto const numbers = numbers_of(one.signals);
    for (std::size_t i = 0; i < kSignals; ++i) sums[i] += numbers[i];
  }
  auto const count = static_cast<double>(judged.size());
  for (std::size_t i = 0; i < kSignals; ++i) out.means[i] = sums[i] / count;
  for (auto const& one : judged) {
    auto const numbers = numbers_of(one.signals);
    for (std::size_t i = 0; i < kSignals; ++i) {
      double const off = numbers[i] - out.means[i];
      squares[i] += off * off;
    }
  }
  for (std::size_t i = 0; i < kSignals; ++i) {
    double const deviation = std::sqrt(squares[i] / count);
    out.scales[i] = deviation > 1e-9 ? deviation : 1;
  }
}

/// One step of Newton's method; how far it went.
double improve(Row& weights, std::vector<Row> const& rows, std::vector<double> const& importance,
               std::vector<bool> const& right) {
  std::array<Row, kWeights> curvature{};
  Row slope{};
  for (std::size_t n = 0; n < rows.size(); ++n) {
    double z = 0;
    for (std::size_t i = 0; i < kWeights; ++i) z += weights[i] * rows[n][i];
    double const p = logistic(z);
    double const error = importance[n] * ((right[n] ? 1 : 0) - p);
    double const spread = importance[n] * std::max(p * (1 - p), 1e-9);
    for (std::size_t i = 0; i < kWeights; ++i) {
      slope[i] += error * rows[n][i];
      for (std::size_t j = 0; j <= i; ++j) curvature[i][j] += spread * rows[n][i] * rows[n][j];
    }
  }
  for (std::size_t i = 0; i < kWeights; ++i) {
    double const ridge = i == 0 ? 1e-6 : kRidge;  // the bias is free
    slope[i] -= ridge * weights[i];
    curvature[i][i] += ridge;
    for (std::size_t j = 0; j < i; ++j) curvature[j][i] = curvature[i][j];
  }
  Row const change = solved(curvature, slope);
  double moved = 0;
  for (std::size_t i = 0; i < kWeights; ++i) {
    double const bounded = std::clamp(change[i], -4.0, 4.0);
    weights[i] += bounded;
    moved = std::max(moved, std::abs(bounded));
  }
  return moved;
}

}  // namespace

double Confidence::of(Signals const& signals) const {
  auto const numbers = numbers_of(signals);
  double z = bias;
  for (std::size_t i = 0; i < kSignals; ++i) z += weights[i] * ((numbers[i] - means[i]) / scales[i]);
  return logistic(z);
}

Confidence calibrate(std::span<Judged const> judged) {
  Confidence out;
  if (judged.empty()) return out;
  standardise(out, judged);
  auto const hidden =
      static_cast<double>(std::count_if(judged.begin(), judged.end(), [](auto const& one) { return one.hidden; }));
  double const shown = static_cast<double>(judged.size()) - hidden;
  double const of_hidden = hidden > 0 ? kHiddenShare / (1 - kHiddenShare) * std::max(1.0, shown) / hidden : 1;
  std::vector<Row> rows;
  std::vector<double> importance;
  std::vector<bool> right;
  for (auto const& one : judged) {
    auto const numbers = numbers_of(one.signals);
    Row row{1};
    for (std::size_t i = 0; i < kSignals; ++i) row[i + 1] = (numbers[i] - out.means[i]) / out.scales[i];
    rows.push_back(row);
    importance.push_back(one.hidden ? std::min(1.0, of_hidden) : 1);
    right.push_back(one.right());
  }
  Row weights{};
  for (int step = 0; step < 50 && improve(weights, rows, importance, right) > 1e-8; ++step) {
  }
  out.bias = weights[0];
  std::copy(weights.begin() + 1, weights.end(), out.weights.begin());
  return out;
}

}  // namespace umsops::learn
