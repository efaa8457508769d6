// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "umsops/search/search.hpp"

namespace umsops::bench {

/// Recombines sentences of the texts into so many articles, and prints what it takes to tokenise, index, ask and change
/// them.
void search_speed(std::vector<search::FoundText> const& texts, std::size_t count);

}  // namespace umsops::bench
