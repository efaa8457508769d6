// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "umsops/base/ascii.hpp"
#include "umsops/base/text.hpp"

namespace umsops::model {

/// The enumerator of that name, whatever the case and the width of its letters.
template <class Enum, std::size_t N>
std::optional<Enum> parse_choice(std::string_view text, std::array<std::string_view, N> const& names) {
  constexpr char kFullWidth = '\xEF';  // the first byte of ＯＰＥＮ
  if (text.starts_with(kFullWidth)) {
    std::string const narrow = base::narrow(text);
    return narrow.starts_with(kFullWidth) ? std::nullopt : parse_choice<Enum>(narrow, names);
  }
  for (std::size_t i = 0; i < N; ++i) {
    bool const same = std::equal(text.begin(), text.end(), names[i].begin(), names[i].end(),
                                 [](char a, char b) { return base::ascii_upper(a) == base::ascii_upper(b); });
    if (same) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace umsops::model
