// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

#include "umsops/model/review.hpp"

namespace umsops::model {

/// What `get` says of a text field, without a copy; empty for a field of another type.
std::string_view text_of(Review const& review, std::size_t field);

/// Of a review; a name is a path.
inline constexpr std::size_t kMostActions = 200, kLongestName = 1000;

}  // namespace umsops::model
