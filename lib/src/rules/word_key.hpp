// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace umsops::rules {

inline constexpr std::size_t kLongestKey = 6;  // two CJK characters, or six letters

/// The first bytes of a word, and how many of them. `bytes` can be read eight bytes far.
inline std::uint64_t word_key(char const* bytes, std::size_t size) {
  std::uint64_t key = 0;
  std::memcpy(&key, bytes, sizeof key);
  return (key & ((std::uint64_t{1} << (8 * size)) - 1)) | std::uint64_t{size} << 56;
}

inline std::uint32_t key_hash(std::uint64_t key) {
  key *= 0x9E3779B97F4A7C15u;
  return static_cast<std::uint32_t>((key ^ (key >> 29)) >> 24);
}

/// Where a key may stand: four sets of lengths in one number, by what the word begins with and whether the place is
/// inside a Latin word. Bit n of a set: there are keys of n bytes.
inline std::uint32_t lengths_shift(bool ascii, bool inside_word) {
  return (ascii ? 0u : 8u) + (inside_word ? 16u : 0u);
}
inline bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

}  // namespace umsops::rules
