// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "umsops/base/value.hpp"

namespace umsops::base {

/// Of one object. Each name is compared with all before it, so there has to be a limit.
inline constexpr std::size_t kMostMembers = 4096;

/// Reads a JSON text of the plain kind that nearly all texts are, several times as fast as the reader of record
/// (`parse_json`). Nothing when the text is anything else: refused, or with a number that is no short integer. That
/// reader then decides, so there is one source of what is accepted and of every error.
std::optional<Value> parse_plain_json(std::string_view text, int depth);

}  // namespace umsops::base
