// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace umsops::base {

struct Interval {
  double low = 0, high = 1;
};

/// Where the true share of a whole lies with a confidence of 95 %, by a sample with `part` of `whole` (Wilson's score
/// interval; E. B. Wilson 1927). Of an empty sample nothing is known: 0 to 1.
Interval share_interval(double part, double whole);

}  // namespace umsops::base
