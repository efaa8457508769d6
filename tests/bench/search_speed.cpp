// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/search_speed.hpp"

namespace umsops::bench {

void search_speed(std::vector<search::FoundText> const&, std::size_t) {}

}  // namespace umsops::bench
