// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

namespace umsops::search {

enum class Class : std::uint8_t {
  other,   ///< ends what stands before it
  joiner,  ///< ends a part of a compound
  lower,   ///< letters of scripts with words; a small letter, or of no case
  upper,
  digit,
  run,  ///< letters of scripts without blanks between words: their neighbours make pairs
};

inline constexpr auto kAsciiClasses = [] {
  std::array<Class, 128> classes{};
  for (char c = 'a'; c <= 'z'; ++c) classes[static_cast<unsigned char>(c)] = Class::lower;
  for (char c = 'A'; c <= 'Z'; ++c) classes[static_cast<unsigned char>(c)] = Class::upper;
  for (char c = '0'; c <= '9'; ++c) classes[static_cast<unsigned char>(c)] = Class::digit;
  for (char const c : {'_', '-', '.', '/', ':', '@', '+', '#', '\\'}) {
    classes[static_cast<unsigned char>(c)] = Class::joiner;
  }
  return classes;
}();

constexpr bool is_word(Class c) { return c == Class::lower || c == Class::upper || c == Class::digit; }

/// Han, kana, bopomofo, Hangul.
constexpr bool is_run(char32_t c) {
  if (c < 0x1100) return false;
  return c <= 0x11FF || c == 0x3005 || c == 0x3007 || (c >= 0x3041 && c <= 0x3096) || (c >= 0x309D && c <= 0x309F) ||
         (c >= 0x30A1 && c <= 0x30FA) || (c >= 0x30FC && c <= 0x318F && c != 0x3130) || (c >= 0x31F0 && c <= 0x31FF) ||
         (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) ||
         (c >= 0x20000 && c <= 0x3FFFF);
}

}  // namespace umsops::search
