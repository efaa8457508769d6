// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "umsops/base/value.hpp"

namespace umsops::model {

/// Throws `record.invalid` for the field, with the same in its details.
[[noreturn]] void refuse(std::string_view field, std::string problem);

/// The same for a word that is none of `names`: tells them, and the nearest.
[[noreturn]] void refuse_choice(std::string_view field, base::Value const& value,
                                std::span<std::string_view const> names);

/// Anybody's text, short enough for a message and never cut within a character.
std::string echo(std::string_view text);

}  // namespace umsops::model
