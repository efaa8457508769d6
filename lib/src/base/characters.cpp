// SPDX-License-Identifier: Apache-2.0
#include "base/characters.hpp"

#include <utf8proc.h>

namespace umsops::base {

CharacterKind character_kind(char32_t c) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
      return CharacterKind::letter;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      return CharacterKind::digit;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
      return CharacterKind::mark;
    default:
      return CharacterKind::other;
  }
}

FoldedCharacter fold_character(char32_t c) {
  constexpr auto kForm =
      static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
  constexpr auto kComposed = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
  FoldedCharacter folded;
  std::array<utf8proc_int32_t, std::tuple_size_v<decltype(folded.characters)>> buffer{};
  auto const most = static_cast<utf8proc_ssize_t>(buffer.size());
  int last = UTF8PROC_BOUNDCLASS_START;
  auto size = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), buffer.data(), most, kForm, &last);
  if (size <= 0 || size > most) return folded;
  if (size > 1) size = utf8proc_normalize_utf32(buffer.data(), size, kComposed);
  for (utf8proc_ssize_t i = 0; i < size; ++i) {
    folded.characters[folded.size++] = static_cast<char32_t>(buffer[static_cast<std::size_t>(i)]);
  }
  return folded;
}

char32_t composed(char32_t letter, char32_t mark) {
  constexpr auto kComposed = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
  std::array<utf8proc_int32_t, 2> pair{static_cast<utf8proc_int32_t>(letter), static_cast<utf8proc_int32_t>(mark)};
  return utf8proc_normalize_utf32(pair.data(), 2, kComposed) == 1 ? static_cast<char32_t>(pair[0]) : 0;
}

}  // namespace umsops::base
