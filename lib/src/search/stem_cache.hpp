// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "search/stem.hpp"
#include "umsops/search/token.hpp"

namespace umsops::search {

/// Stems of the words met before: making one costs far more than finding it.
class StemCache {
 public:
  std::string_view stem(std::string_view word) {
    if (word.size() <= 2) return word;
    if (word.size() > kLongestKept) return stem_into(word, buffer_);
    std::uint32_t hash = 0;
    for (char const c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193u;
    Entry& entry = entries_[(hash ^ hash >> 15) % entries_.size()];
    if (entry.size != word.size() || std::memcmp(entry.word.data(), word.data(), word.size()) != 0) {
      std::string_view const stem = stem_into(word, buffer_);
      entry.size = static_cast<std::uint8_t>(word.size());
      entry.stem_size = static_cast<std::uint8_t>(stem.size());
      std::copy(word.begin(), word.end(), entry.word.begin());
      std::copy(stem.begin(), stem.end(), entry.stem.begin());
    }
    return {entry.stem.data(), entry.stem_size};
  }

 private:
  static constexpr std::size_t kLongestKept = 15;
  struct Entry {
    std::uint8_t size = 0, stem_size = 0;
    std::array<char, kLongestKept> word{};
    std::array<char, kLongestKept> stem{};
  };
  std::array<Entry, 2048> entries_{};
  StemBuffer buffer_{};
};

}  // namespace umsops::search
