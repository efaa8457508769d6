// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace umsops::base {

/// The width of a text in terminal cells: 2 for wide characters and emoji, 0 for combining marks. `ambiguous` is the
/// width of East Asian ambiguous characters: 1, or 2 where CJK fonts draw them wide.
std::size_t cell_width(std::string_view text, int ambiguous = 1);

/// The most of the text's beginning that fits into `cells`, never a part of a grapheme.
std::string_view fitting_cells(std::string_view text, std::size_t cells, int ambiguous = 1);

/// Cuts `text` to `cells`, never inside a grapheme; a cut text ends with `…`.
std::string cut_cells(std::string_view text, std::size_t cells, int ambiguous = 1);

}  // namespace umsops::base
