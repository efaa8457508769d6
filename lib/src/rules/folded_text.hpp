// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.hpp"

namespace umsops::rules {

/// Character classes for the search of words.
enum class Letter : std::uint8_t {
  other,  ///< blanks, punctuation, symbols
  word,   ///< digits and letters of scripts that separate words by blanks
  cjk,    ///< Han, kana, Hangul: words stand without blanks
};
Letter wide_letter_of(char32_t c);
inline Letter letter_of(char32_t c) {
  if (c >= 0x80) return wide_letter_of(c);
  bool const word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
  return word ? Letter::word : Letter::other;
}
/// The character that begins at `at`, or the one that ends at `end`, of valid UTF-8; its size goes to `size`.
inline Letter letter_at(std::string_view text, std::size_t at, std::size_t& size);
Letter letter_before(std::string_view text, std::size_t end, std::size_t& size);

/// A text as keywords see it: folded (base::fold), traditional Chinese characters as simplified ones, typographic
/// apostrophes as ', runs of blanks as one blank, none at the ends and none beside a CJK character, where usage varies.
/// Knows the origin of each byte, and the parts that an author has made: paragraphs, and lines that ended before they
/// were full, unlike those of a wrapped text.
class FoldedText {
 public:
  explicit FoldedText(std::string_view original);

  std::string_view text() const { return std::string_view(folded_).substr(0, size_); }
  /// At least eight NUL bytes follow the text: a reader may look a few bytes ahead.
  char const* data() const { return folded_.data(); }

  /// The place in the original of the folded character at `at`, and the end of the one that ends at `end`.
  std::size_t original_begin(std::size_t at) const;
  std::size_t original_end(std::size_t end) const;

  /// The part of the text that [begin, end) lies in.
  std::string_view part_of(std::size_t begin, std::size_t end) const;

  /// False where letters were composed with marks behind them: then a literal of the original may be missing here.
  bool keeps_literals() const { return keeps_literals_; }

 private:
  struct Piece {
    std::uint32_t folded, original;
    std::uint32_t original_size;  ///< 0: byte for byte the same length
  };

  void read(std::string_view original);
  std::size_t read_ascii(std::string_view original, std::size_t at);
  std::size_t read_han(std::string_view original, std::size_t at);
  void simplify(std::size_t at);
  std::size_t read_other(std::string_view original, std::size_t at);
  std::size_t read_hard(std::string_view original, std::size_t at);
  std::size_t put(std::string_view folded, std::size_t original, std::size_t original_size);
  void put_folded(std::string_view folded, std::size_t original, std::size_t original_size);
  void put_blank(char c);
  void flush_blank(Letter next, std::size_t original);
  void mark(std::size_t original, std::size_t original_size, std::size_t folded_size);
  Piece const& piece_of(std::size_t folded) const;

  std::string folded_;
  std::size_t size_ = 0;
  std::vector<Piece> pieces_;
  Letter last_ = Letter::other;
  std::vector<std::uint32_t> parts_;  ///< where they begin, but for the first
  std::size_t line_ = 0;              ///< where the current line of the original begins in the folded text
  unsigned breaks_ = 0;               ///< line breaks since the last character
  bool blank_ = false;                ///< a blank is due before the next character
  bool parted_ = false;               ///< and a part ends there
  bool keeps_literals_ = true;
};

inline Letter letter_at(std::string_view text, std::size_t at, std::size_t& size) {
  auto const lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) {
    size = 1;
    return letter_of(lead);
  }
  auto const decoded = base::decode_utf8(text, at);
  size = decoded.size;
  return decoded.valid ? letter_of(decoded.code_point) : Letter::other;
}

}  // namespace umsops::rules
