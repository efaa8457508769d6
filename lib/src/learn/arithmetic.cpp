// SPDX-License-Identifier: Apache-2.0
#include "learn/arithmetic.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace umsops::learn {
namespace {

constexpr double kLn2High = 0x1.62e42fefa39efp-1, kRoot2 = 0x1.6a09e667f3bcdp+0;

}  // namespace

double natural_log(double x) {
  // ln(m 2^e) = e ln 2 + 2 atanh((m - 1) / (m + 1)), m between the roots of a half and of two.
  auto const bits = std::bit_cast<std::uint64_t>(x);
  auto exponent = static_cast<int>((bits >> 52) & 0x7FF) - 1023;
  double mantissa = std::bit_cast<double>((bits & 0xFFFFFFFFFFFFFu) | 0x3FF0000000000000u);
  if (mantissa > kRoot2) {
    mantissa *= 0.5;
    ++exponent;
  }
  double const z = (mantissa - 1) / (mantissa + 1), square = z * z;
  double sum = 0;
  for (int n = 21; n >= 1; n -= 2) sum = sum * square + 1.0 / n;
  return exponent * kLn2High + 2 * z * sum;
}

double exponential(double x) {
  x = std::clamp(x, -700.0, 700.0);
  double const whole = std::floor(x / kLn2High + 0.5);
  double const rest = x - whole * kLn2High;
  double sum = 1;
  for (int n = 16; n >= 1; --n) sum = 1 + sum * rest / n;
  return std::ldexp(sum, static_cast<int>(whole));
}

double logistic(double x) { return 1 / (1 + exponential(-x)); }

std::uint64_t Random::next() {
  state_ ^= state_ >> 12;
  state_ ^= state_ << 25;
  state_ ^= state_ >> 27;
  return state_ * 0x2545F4914F6CDD1Du;
}

}  // namespace umsops::learn
