// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "search/varint.hpp"

namespace umsops::search {

/// A document that has a term, and what the term is worth there: 1 to 255 of the most that it can be; 0 for a filter.
struct Posting {
  std::uint32_t document = 0;
  std::uint8_t impact = 0;
  friend bool operator==(Posting const&, Posting const&) = default;
};

constexpr std::size_t kBlock = 128;

/// Documents in order, as differences. More than one block: each begins with its bytes, how far its last document lies
/// behind the last of the block before, and its largest impact, so that a reader can pass over it.
void append_postings(std::string& out, std::span<Posting const> postings);

/// Calls `take(document, impact)` for each posting of a list that has `count` of them.
template <class Take>
void read_postings(std::string_view bytes, std::uint32_t count, Take const& take) {
  Reader reader(bytes);
  std::uint64_t document = 0;
  for (std::uint32_t left = count; left != 0;) {
    auto const size = static_cast<std::uint32_t>(std::min<std::size_t>(left, kBlock));
    if (count > kBlock) {
      reader.varint();
      reader.varint();
      reader.byte();
    }
    for (std::uint32_t i = 0; i < size; ++i) {
      document += reader.varint();
      if (document > UINT32_MAX) throw damaged("a document's number is too large");
      take(static_cast<std::uint32_t>(document), reader.byte());
    }
    left -= size;
  }
  if (!reader.done()) throw damaged("a list is longer than it says");
}

std::vector<Posting> all_postings(std::string_view bytes, std::uint32_t count);

}  // namespace umsops::search
