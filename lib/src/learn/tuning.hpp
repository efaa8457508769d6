// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "learn/calibration.hpp"
#include "learn/folds.hpp"

namespace umsops::learn {

/// The first is taken unless another is better by more than chance explains.
inline constexpr std::array<Strength, 5> kStrengths{{{0.5, 2}, {0, 2}, {0.25, 1}, {0.5, 0.5}, {0.5, 8}}};
/// Documents that strength and confidence are found on: what more would tell is not worth its time.
inline constexpr std::size_t kTunedOn = 10'000;
/// From so many classes on some are hidden to learn what unknown texts look like; with fewer what is left would be an
/// easier question.
inline constexpr std::size_t kEnoughToHide = 8;
/// Below so many classes a text must also be as familiar as 99 of 100 known ones: margins alone do not tell then.
inline constexpr std::size_t kEnoughToKnow = 30;

struct Tuned {
  Strength strength;
  std::vector<Judged> judged;  ///< each by a model that had not seen its text, with this strength
  Confidence confidence;
  double familiar = 0;  ///< coverage of single words below which a text is strange; 0: not asked for
};
/// `fixed`: this strength in place of the best.
Tuned tune(Corpus const& corpus, Labelled const& all, unsigned threads, Strength const* fixed = nullptr);

}  // namespace umsops::learn
