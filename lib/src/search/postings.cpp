// SPDX-License-Identifier: Apache-2.0
#include "search/postings.hpp"

namespace umsops::search {

void append_postings(std::string& out, std::span<Posting const> postings) {
  std::uint32_t last = 0;
  std::string block;
  for (std::size_t at = 0; at < postings.size(); at += kBlock) {
    auto const part = postings.subspan(at, std::min(kBlock, postings.size() - at));
    std::uint32_t const before = last;
    std::uint8_t largest = 0;
    block.clear();
    for (auto const& posting : part) {
      append_varint(block, posting.document - last);
      block += static_cast<char>(posting.impact);
      last = posting.document;
      largest = std::max(largest, posting.impact);
    }
    if (postings.size() > kBlock) {
      append_varint(out, block.size());
      append_varint(out, last - before);
      out += static_cast<char>(largest);
    }
    out += block;
  }
}

std::vector<Posting> all_postings(std::string_view bytes, std::uint32_t count) {
  std::vector<Posting> all;
  all.reserve(std::min<std::size_t>(count, bytes.size() / 2 + 1));
  read_postings(bytes, count, [&](std::uint32_t document, std::uint8_t impact) { all.push_back({document, impact}); });
  return all;
}

}  // namespace umsops::search
