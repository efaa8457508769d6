// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace umsops::model {

// Of the lists of an incident, and of a name in them or of its source in code points: `check` refuses more, and what
// comes from other systems is cut to it.
inline constexpr std::size_t kMostServices = 100, kMostAlerts = 1000, kLongestWord = 200;
inline constexpr std::size_t kMostMuting = 50, kMostAcknowledgers = 100;

}  // namespace umsops::model
