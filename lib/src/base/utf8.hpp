// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace umsops::base {

/// One code point at a byte offset. Invalid: `size` is 1, to go on behind the byte.
struct Decoded {
  char32_t code_point = 0;
  std::size_t size = 1;
  bool valid = false;
};

/// Strict UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing over U+10FFFF.
Decoded decode_utf8(std::string_view text, std::size_t at);
/// Offset of the first byte that is no UTF-8, npos when all is.
std::size_t find_invalid_utf8(std::string_view text);
void append_utf8(std::string& out, char32_t c);

/// Whether a character from U+3000 to U+9FFF begins there, Han among them: three bytes, and nothing about it is
/// special, the invisible filler U+3164 aside. A short way past most characters of Chinese text.
inline bool is_plain_han(std::string_view text, std::size_t at) {
  auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  return byte(0) >= 0xE3 && byte(0) <= 0xE9 && at + 2 < text.size() && (byte(1) & 0xC0) == 0x80 &&
         (byte(2) & 0xC0) == 0x80 && !(byte(0) == 0xE3 && byte(1) == 0x85 && byte(2) == 0xA4);
}

/// Passes over printable ASCII but quote and backslash, eight bytes at a time: where the next such byte may stand.
inline std::size_t skip_plain_ascii(std::string_view text, std::size_t at) {
  constexpr std::uint64_t kOnes = 0x0101010101010101u, kHigh = 0x80 * kOnes;
  for (std::uint64_t eight; at + sizeof eight <= text.size(); at += sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    // A high bit is set where a byte is below a blank, a quote, a backslash, DEL or beyond ASCII.
    std::uint64_t const stops = (eight - 0x20 * kOnes) | ((eight ^ '"' * kOnes) - kOnes) |
                                ((eight ^ '\\' * kOnes) - kOnes) | (eight + kOnes) | eight;
    if ((stops & kHigh) != 0) break;
  }
  return at;
}

/// Controls that change the direction or the order of text (CVE-2021-42574).
inline bool is_bidi_control(char32_t c) {
  return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/// Characters that people cannot see: with them two texts look alike, or say something to programs alone. Controls of
/// direction, order and lines, fillers, tags, most variation selectors. `before`: the character that it follows.
bool is_hidden(char32_t c, char32_t before);

}  // namespace umsops::base
