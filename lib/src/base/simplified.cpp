// SPDX-License-Identifier: Apache-2.0
#include "base/simplified.hpp"

#include <array>
#include <string_view>

namespace umsops::base {

namespace {

constexpr std::u16string_view kPairs =
#include "base/simplified_pairs.inc"
    ;

constexpr char16_t kFirst = 0x3400, kLast = 0x9FFF;

/// A character each, so that a look-up is one step; made by the compiler, so that nothing is made at start.
constexpr auto kTable = [] {
  std::array<char16_t, kLast - kFirst + 1> table{};
  for (std::size_t i = 0; i < kPairs.size(); i += 2) table[kPairs[i] - kFirst] = kPairs[i + 1];
  return table;
}();

}  // namespace

char32_t simplified(char32_t c) {
  if (c < kFirst || c > kLast) return c;
  char16_t const form = kTable[c - kFirst];
  return form == 0 ? c : form;
}

}  // namespace umsops::base
