// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace umsops::base {

/// RFC 4648 base64 with padding, in one line.
std::string base64_encode(std::string_view bytes);
/// Accepts what `base64_encode` writes, with blanks and line ends anywhere; nullopt for anything else.
std::optional<std::string> base64_decode(std::string_view text);

}  // namespace umsops::base
