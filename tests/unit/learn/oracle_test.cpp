// SPDX-License-Identifier: Apache-2.0
// The solver beside LIBLINEAR's for the same problem (L2-regularised squared hinge, dual), where that is installed.
#include <linear.h>

#include <catch2/catch.hpp>

#include "learn/linear.hpp"
#include "unit/learn/texts.hpp"

namespace umsops::learn {
namespace {

/// The matrix as LIBLINEAR has it: columns from 1, the bias as a last one.
struct Problem {
  std::vector<std::vector<feature_node>> rows;
  std::vector<feature_node*> begins;
  std::vector<double> signs;
  problem made{};

  Problem(Matrix const& matrix, std::span<std::int32_t const> labels, std::int32_t chosen) {
    int const bias = static_cast<int>(matrix.rows) + 1;
    for (std::size_t i = 0; i < matrix.documents(); ++i) {
      auto& row = rows.emplace_back();
      for (auto const& cell : matrix.document(i))
        row.push_back({static_cast<int>(cell.row) + 1, static_cast<double>(cell.value)});
      row.push_back({bias, 1});
      row.push_back({-1, 0});
      signs.push_back(labels[i] == chosen ? 1 : -1);
    }
    for (auto& row : rows) begins.push_back(row.data());
    made = {static_cast<int>(rows.size()), bias, signs.data(), begins.data(), 1};
  }
};

}  // namespace

TEST_CASE("the solver agrees with LIBLINEAR") {
  constexpr std::size_t kClasses = 9;
  auto const made = made_texts(kClasses, 60);
  Corpus const corpus = Corpus::read(made.texts, 1);
  std::vector<std::uint32_t> all;
  std::vector<std::int32_t> labels;
  for (std::uint32_t i = 0; i < made.texts.size(); ++i) {
    all.push_back(i);
    labels.push_back(static_cast<std::int32_t>(i * 7 % 11 == 0 ? (i + 1) % kClasses : i % kClasses));  // some are wrong
  }
  auto const matrix = matrix_of(corpus, Weighting(corpus, all), all);
  auto const ours = fit(matrix, labels, kClasses, {0, 2}, 1);
  set_print_string_function([](char const*) {});
  parameter how{};
  how.solver_type = L2R_L2LOSS_SVC_DUAL;
  how.C = 2;
  how.eps = 0.1;
  how.p = 0.1;
  std::size_t agreed = 0, margins = 0;
  for (std::size_t label = 0; label < kClasses; ++label) {
    Problem problem(matrix, labels, static_cast<std::int32_t>(label));
    ::model* theirs = ::train(&problem.made, &how);
    double const sign = theirs->label[0];  // its weights are for the class that came first
    for (std::size_t i = 0; i < matrix.documents(); ++i) {
      double margin = static_cast<double>(ours.biases[label]), other = theirs->w[matrix.rows];
      for (auto const& cell : matrix.document(i)) {
        margin += static_cast<double>(ours.weights[cell.row * kClasses + label]) * static_cast<double>(cell.value);
        other += theirs->w[cell.row] * static_cast<double>(cell.value);
      }
      ++margins;
      agreed += (margin > 0) == (sign * other > 0);
    }
    free_and_destroy_model(&theirs);
  }
  CHECK(agreed >= margins * 995 / 1000);
}

}  // namespace umsops::learn
