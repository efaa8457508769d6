// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace umsops::model {

/// Code points of a person's name. A mail address fits: 64 signs, @ and 255 (RFC 5321, 4.5.3.1).
inline constexpr std::size_t kLongestPerson = 320;

}  // namespace umsops::model
