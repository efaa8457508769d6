// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>

namespace umsops::base {

enum class CharacterKind { letter, digit, mark, other };
CharacterKind character_kind(char32_t c);

/// What one character is when case and compatibility forms are folded (NFKC, case folding, nothing of what is
/// invisible): no character for a zero-width one, up to 18 for a ligature.
struct FoldedCharacter {
  std::array<char32_t, 18> characters{};
  std::size_t size = 0;
};
FoldedCharacter fold_character(char32_t c);

/// A letter and the mark behind it as one character; 0: there is none.
char32_t composed(char32_t letter, char32_t mark);

}  // namespace umsops::base
