// SPDX-License-Identifier: Apache-2.0
#include "learn/arithmetic.hpp"

#include <catch2/catch.hpp>
#include <cmath>

namespace umsops::learn {

TEST_CASE("logarithm and exponential agree with libc's to fourteen digits") {
  for (double x = 1e-12; x < 1e12; x *= 1.37) {
    CHECK(natural_log(x) == Approx(std::log(x)).epsilon(1e-14).margin(1e-15));
  }
  CHECK(natural_log(1) == 0);
  for (double x = -50; x < 50; x += 0.173) CHECK(exponential(x) == Approx(std::exp(x)).epsilon(1e-13));
  CHECK(logistic(0) == 0.5);
  CHECK(logistic(-1e9) >= 0);
  CHECK(logistic(1e9) <= 1);
}

TEST_CASE("random numbers are the same everywhere") {
  Random random(7);
  CHECK(random.next() == Random(7).next());
  for (int i = 0; i < 1000; ++i) CHECK(random.below(10) < 10);
}

}  // namespace umsops::learn
