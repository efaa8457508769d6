// SPDX-License-Identifier: Apache-2.0
#include "learn/linear.hpp"

#include <optional>

#include "learn/work.hpp"

namespace umsops::learn {

Linear fit(Matrix const& matrix, std::span<std::int32_t const> labels, std::size_t classes, Strength const& strength,
           unsigned threads) {
  Linear out{classes, std::vector<float>(matrix.rows * classes), std::vector<float>(classes),
             std::vector<bool>(classes)};
  std::vector<std::int32_t> present;
  for (auto const label : labels) out.fitted[static_cast<std::size_t>(label)] = true;
  for (std::size_t i = 0; i < classes; ++i) {
    if (out.fitted[i]) present.push_back(static_cast<std::int32_t>(i));
  }
  std::vector<std::optional<ClassSolver>> solvers(std::max(1u, threads));
  share_work(threads, present.size(), [&](std::size_t i, unsigned worker) {
    auto& solver = solvers[worker];
    if (!solver) solver.emplace(matrix);
    auto const at = static_cast<std::size_t>(present[i]);
    auto const& found = solver->solve(labels, present[i], strength);
    out.biases[at] = found.bias;
    for (std::size_t row = 0; row < matrix.rows; ++row) out.weights[row * classes + at] = found.rows[row];
  });
  return out;
}

Signals signals_of(std::span<double const> margins, std::vector<bool> const& open, Coverage const& coverage) {
  Signals out;
  out.coverage = coverage;
  for (std::size_t i = 0; i < margins.size(); ++i) {
    if (!open[i]) continue;
    auto const label = static_cast<std::int32_t>(i);
    if (out.best < 0 || margins[i] > margins[static_cast<std::size_t>(out.best)]) {
      out.second = out.best;
      out.best = label;
    } else if (out.second < 0 || margins[i] > margins[static_cast<std::size_t>(out.second)]) {
      out.second = label;
    }
  }
  if (out.best < 0) return out;
  out.margin = margins[static_cast<std::size_t>(out.best)];
  out.gap = out.second < 0 ? 2 : out.margin - margins[static_cast<std::size_t>(out.second)];
  return out;
}

Signals judge(Linear const& model, Vector const& text) {
  std::vector<double> margins(model.biases.begin(), model.biases.end());
  for (auto const& cell : text.cells) {
    auto const value = static_cast<double>(cell.value);
    float const* const weights = model.weights.data() + cell.row * model.classes;
    for (std::size_t i = 0; i < model.classes; ++i) margins[i] += static_cast<double>(weights[i]) * value;
  }
  return signals_of(margins, model.fitted, text.coverage);
}

}  // namespace umsops::learn
