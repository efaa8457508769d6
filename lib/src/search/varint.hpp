// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "umsops/base/error.hpp"

namespace umsops::search {

inline base::Error damaged(char const* what) {
  return base::Error(base::errors::store_damaged, {{"problem", std::string("search index: ") + what}});
}

inline void append_varint(std::string& out, std::uint64_t value) {
  while (value >= 0x80) {
    out += static_cast<char>(value | 0x80);
    value >>= 7;
  }
  out += static_cast<char>(value);
}

/// Bytes of an index, which may be damaged: no read goes beyond their end.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  bool done() const { return at_ == end_; }
  std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }
  std::uint8_t byte() {
    if (at_ == end_) throw damaged("a page ends too early");
    return static_cast<std::uint8_t>(*at_++);
  }
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      std::uint8_t const next = byte();
      value |= static_cast<std::uint64_t>(next & 0x7F) << shift;
      if (next < 0x80) return value;
    }
    throw damaged("a number has too many digits");
  }
  std::uint32_t number() {
    std::uint64_t const value = varint();
    if (value > UINT32_MAX) throw damaged("a number is too large");
    return static_cast<std::uint32_t>(value);
  }
  std::string_view bytes(std::uint64_t size) {
    if (size > left()) throw damaged("a page ends too early");
    std::string_view const part(at_, static_cast<std::size_t>(size));
    at_ += size;
    return part;
  }

 private:
  char const* at_;
  char const* end_;
};

}  // namespace umsops::search
