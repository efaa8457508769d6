// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/search/search.hpp"

namespace umsops::search {

/// Ranges in order; those that touch are one.
std::vector<TextSpan> merged(std::vector<TextSpan> spans);

struct Snippet {
  std::string text;
  std::vector<TextSpan> marks;
};

/// The part of a text around `best`, whole sentences where they fit into so many columns, in one line; `…` where one
/// is cut. `marks`: merged spans of the whole text.
Snippet make_snippet(std::string_view text, TextSpan best, std::span<TextSpan const> marks, std::size_t columns);

}  // namespace umsops::search
