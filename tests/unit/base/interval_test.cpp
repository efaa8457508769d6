// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "umsops/base/interval.hpp"

using umsops::base::share_interval;

TEST_CASE("a share of a sample lies within Wilson's interval") {
  CHECK(share_interval(0, 0).low == 0);
  CHECK(share_interval(0, 0).high == 1);
  // Newcombe 1998, table I.
  CHECK(share_interval(81, 263).low == Approx(0.2553).margin(0.0001));
  CHECK(share_interval(81, 263).high == Approx(0.3662).margin(0.0001));
  CHECK(share_interval(0, 20).low == 0);
  CHECK(share_interval(0, 20).high == Approx(0.1611).margin(0.0001));
  CHECK(share_interval(20, 20).high == 1);
}
