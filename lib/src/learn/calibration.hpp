// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "learn/linear.hpp"

namespace umsops::learn {

inline constexpr std::size_t kSignals = 5;

/// How sure an answer is, as a probability: a logistic function of five signals.
struct Confidence {
  std::array<double, kSignals> means{}, scales{1, 1, 1, 1, 1}, weights{};
  double bias = 0;

  double of(Signals const& signals) const;
};

/// One judged text whose label is known.
struct Judged {
  std::uint32_t document = 0;
  std::int32_t label = 0;
  bool hidden = false;  ///< its class was kept from the learner, so that any answer is wrong
  Signals signals;

  bool right() const { return !hidden && signals.best == label; }
};

/// Texts of hidden classes have 2 % of the weight, however many: what is unknown shall lower the probability, not move
/// that of all others.
Confidence calibrate(std::span<Judged const> judged);

}  // namespace umsops::learn
