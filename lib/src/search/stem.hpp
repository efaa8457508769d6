// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace umsops::search {

/// The longest word that has a stem of its own, and room for the `e` that a step may add.
constexpr std::size_t kLongestStem = 64;
using StemBuffer = std::array<char, kLongestStem + 2>;

/// Writes the stem of a word of letters a to z and apostrophes into `buffer`, and returns it. Longer words come back as
/// they are.
std::string_view stem_into(std::string_view word, StemBuffer& buffer);

}  // namespace umsops::search
