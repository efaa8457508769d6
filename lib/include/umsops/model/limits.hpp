// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace umsops::model {

/// Code points that a text of several lines may have: a description, a reply, an entry of a timeline.
inline constexpr std::size_t kLongestText = 65'536;

}  // namespace umsops::model
