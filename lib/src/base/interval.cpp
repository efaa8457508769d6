// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/interval.hpp"

#include <algorithm>
#include <cmath>

namespace umsops::base {

Interval share_interval(double part, double whole) {
  if (whole <= 0) return {};
  constexpr double z = 1.959964;  // 97.5 % of a normal distribution lie below
  double const share = part / whole, middle = share + z * z / (2 * whole);
  double const spread = z * std::sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole));
  double const scale = 1 + z * z / whole;
  return {std::max(0.0, (middle - spread) / scale), std::min(1.0, (middle + spread) / scale)};
}

}  // namespace umsops::base
