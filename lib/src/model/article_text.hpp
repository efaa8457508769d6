// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

#include "umsops/model/article.hpp"

namespace umsops::model {

/// What `get` says of a text field, without a copy; empty for a field of another type.
std::string_view text_of(Article const& article, std::size_t field);

inline constexpr std::size_t kMostIncidents = 100, kLongestUrl = 2000;

}  // namespace umsops::model
