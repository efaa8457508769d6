// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace umsops::mute {

/// `matcher.invalid`: what is wrong with that text, at that byte of it.
[[noreturn]] void refuse_matcher(std::string_view text, std::size_t at, std::string const& problem);

}  // namespace umsops::mute
