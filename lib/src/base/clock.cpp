// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/clock.hpp"

namespace umsops::base {

TimePoint SystemClock::now() const {
  return std::chrono::time_point_cast<Milliseconds>(std::chrono::system_clock::now());
}

}  // namespace umsops::base
