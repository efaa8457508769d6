// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "umsops/base/time.hpp"

namespace umsops::desk {

/// When so many people ask about one thing within so long, there is likely an incident behind it.
struct FloodRule {
  std::int64_t requesters = 5;  ///< distinct ones; 0: never
  base::Milliseconds window{base::Milliseconds(30LL * 60 * 1000)};
};

/// Tickets of many people about one service or, where they name none, of one category.
struct Flood {
  std::string service, category;     ///< one of them, the other is empty
  std::int64_t requesters = 0;       ///< distinct ones
  std::vector<std::string> tickets;  ///< numbers, newest first
  base::TimePoint first_at{}, last_at{};
  std::string incident;  ///< number of an open incident that touches the service; empty: there is none
};

}  // namespace umsops::desk
