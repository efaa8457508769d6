// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace umsops::mail {

/// The character that `&name;` stands for: `nbsp`, `#160`, `#xA0`. U+FFFD: one that cannot be; 0: no such name.
char32_t named_character(std::string_view name);

}  // namespace umsops::mail
