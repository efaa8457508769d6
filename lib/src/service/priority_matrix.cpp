// SPDX-License-Identifier: Apache-2.0
#include "umsops/service/priority_matrix.hpp"

namespace umsops::service {

PriorityMatrix const& builtin_matrix() {
  using enum model::Priority;
  static constexpr PriorityMatrix kMatrix{{{
      // impact: LOW, MEDIUM, HIGH, CRITICAL
      {low, low, medium, medium},         // urgency LOW
      {low, medium, high, high},          // MEDIUM
      {medium, high, high, critical},     // HIGH
      {medium, high, critical, critical}  // CRITICAL
  }}};
  return kMatrix;
}

}  // namespace umsops::service
