// SPDX-License-Identifier: Apache-2.0
// Transcendental functions out of additions, products and quotients, which round alike on all machines: those of libc
// choose their instructions by the processor, and a model would differ in its last bits.
#pragma once

#include <cstdint>

namespace umsops::learn {

/// Of a number above 0, to about the last bit.
double natural_log(double x);
/// Of any number; clamped to what a double holds.
double exponential(double x);
/// 1 / (1 + exp(-x)).
double logistic(double x);

/// xorshift64*: the same numbers everywhere.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15u + 0x2545F4914F6CDD1Du) {}
  std::uint64_t next();
  /// From 0 to below `limit`.
  std::uint32_t below(std::uint32_t limit) {
    return static_cast<std::uint32_t>(((next() >> 32) * std::uint64_t{limit}) >> 32);
  }

 private:
  std::uint64_t state_;
};

}  // namespace umsops::learn
