// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace umsops::learn {

/// How well a target was judged in cross-validation: each text by a model that had not seen it, nor any like it.
struct Quality {
  std::uint64_t judged = 0, right = 0;
  std::uint64_t answered = 0, right_answered = 0;  ///< where the model did not say that it does not know
  std::uint64_t majority = 0;                      ///< right, if the most frequent label were given to all
  double macro_f1 = 0;                             ///< mean of the F1 of all classes
  double calibration_error = 0;  ///< mean distance of probabilities from what came true, over ten equal bins
};

/// How a target is learned and used.
struct Manner {
  double threshold = 0.5;  ///< probability from which an answer is given
  bool applies = true;     ///< answers become values; otherwise they are recorded beside
};

}  // namespace umsops::learn
