// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace umsops::base {

/// Terminal cells that a text takes: 2 for wide characters and emoji, 0 for combining marks. `ambiguous` is the width
/// of East Asian ambiguous characters: 1, or 2 where CJK fonts draw them wide.
std::size_t cell_width(std::string_view text, int ambiguous = 1);

/// The longest beginning of `text` that fits `cells`, never splitting a grapheme, with `…` at its end when cut.
std::string cut_cells(std::string_view text, std::size_t cells, int ambiguous = 1);

}  // namespace umsops::base
