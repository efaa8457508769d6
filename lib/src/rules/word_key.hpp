// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace umsops::rules {

inline constexpr std::size_t kLongestKey = 3;  // one CJK character, or three letters

/// The first bytes of a word, and how many of them.
inline std::uint32_t word_key(char const* bytes, std::size_t size) {
  std::uint32_t key = static_cast<std::uint32_t>(size) << 24;
  for (std::size_t i = 0; i < size; ++i) key |= std::uint32_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  return key;
}

inline std::uint32_t key_hash(std::uint32_t key) {
  key *= 0x9E3779B1u;
  return (key ^ (key >> 15)) * 0x85EBCA77u >> 8;
}

}  // namespace umsops::rules
