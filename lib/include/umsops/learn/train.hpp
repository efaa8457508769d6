// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "umsops/learn/features.hpp"
#include "umsops/learn/quality.hpp"

namespace umsops::learn {

class Model;

/// What of the texts is learned.
struct Lesson {
  std::string target;
  std::vector<std::string> labels;  ///< of each text; empty: nobody said
  Manner manner;
};

inline constexpr std::size_t kFewestTexts = 20, kFewestLabels = 2;
/// Labels of a target, at most.
inline constexpr std::size_t kMostLabels = 5000;

/// The bytes of a model. They depend on the texts and labels alone, not on the number of threads, nor on the time.
/// Throws `classifier.too_little`.
std::string train(std::span<Text const> texts, std::span<Lesson const> lessons, unsigned threads);

/// The same with the strengths of another model and nothing found out about its own worth: quick, for comparisons.
std::string train_like(std::span<Text const> texts, std::span<Lesson const> lessons, Model const& like,
                       unsigned threads);

/// How one text of a cross-validation was judged.
struct CheckedText {
  std::uint32_t text = 0;  ///< its place
  std::int32_t label = 0, given = 0, second = 0;
  double probability = 0, coverage = 0;
  bool answered = false;

  bool right() const { return label == given; }
};
/// A target judged as `train` would judge it, each text by a model that has seen nothing like it; of more than 10,000
/// texts a sample.
struct Checked {
  std::vector<std::string> labels;
  std::vector<std::uint64_t> examples;  ///< of each label
  std::vector<CheckedText> texts;
  Quality quality;
  double blend = 0, cost = 0, familiar = 0;
};
Checked cross_validate(std::span<Text const> texts, Lesson const& lesson, unsigned threads);

/// Of judged texts with so many labels.
Quality quality_of(std::span<CheckedText const> texts, std::size_t labels);

}  // namespace umsops::learn
