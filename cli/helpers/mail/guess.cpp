// SPDX-License-Identifier: Apache-2.0
#include "cli/helpers/mail/guess.hpp"

namespace umsops::mail_helper {
namespace {

unsigned char byte_at(std::string_view bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }

/// The bytes of the UTF-8 character of several bytes that begins there; 0: none does.
std::size_t character_size(std::string_view bytes, std::size_t at) {
  auto const lead = byte_at(bytes, at);
  std::size_t const size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + size > bytes.size()) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte_at(bytes, at + i) & 0xC0) != 0x80) return 0;
  }
  auto const second = byte_at(bytes, at + 1);
  bool const overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  bool const beyond = (lead == 0xED && second >= 0xA0) || (lead == 0xF4 && second >= 0x90);
  return overlong || beyond ? 0 : size;
}

bool is_letter(std::string_view bytes, std::size_t at) {
  if (at >= bytes.size()) return false;
  auto const c = byte_at(bytes, at) | 0x20;
  return c >= 'a' && c <= 'z';
}

/// How the bytes over 127 go in pairs.
struct Pairs {
  std::size_t all = 0;
  std::size_t marks = 0;     ///< punctuation of GB 2312 and EUC-JP
  std::size_t gb = 0;        ///< Han of GB 2312
  std::size_t big5 = 0;      ///< the common Han of Big5
  std::size_t euc = 0;       ///< kana of EUC-JP
  std::size_t shift = 0;     ///< kana of Shift_JIS
  bool low_seconds = false;  ///< some second byte is under A1, as no 7-bit table doubled has it
  bool all_in_words = true;  ///< ASCII letters stand on both sides of each, as in `Grüße`
};

/// Nothing to be had of bytes that do not go in pairs: `all` is 0.
Pairs pairs_of(std::string_view bytes) {
  Pairs pairs;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    auto const first = byte_at(bytes, at);
    if (first < 0x80) continue;
    auto const second = at + 1 < bytes.size() ? byte_at(bytes, at + 1) : 0;
    if (first == 0x80 || first == 0xFF || second < 0x40 || second == 0x7F || second == 0xFF) return {};
    bool const doubled = second >= 0xA1;
    ++pairs.all;
    pairs.low_seconds = pairs.low_seconds || !doubled;
    pairs.marks += doubled && first >= 0xA1 && first <= 0xA3;
    pairs.gb += doubled && first >= 0xB0 && first <= 0xF7;
    pairs.big5 += first >= 0xA4 && first <= 0xC6 && (second < 0x7F || doubled);
    pairs.euc += doubled && (first == 0xA4 || first == 0xA5);
    pairs.shift += first == 0x82 || first == 0x83;
    pairs.all_in_words = pairs.all_in_words && at > 0 && is_letter(bytes, at - 1) && is_letter(bytes, at + 2);
    ++at;
  }
  return pairs;
}

}  // namespace

Utf8Shape utf8_shape(std::string_view bytes) {
  Utf8Shape shape;
  for (std::size_t at = 0; at < bytes.size();) {
    if (byte_at(bytes, at) < 0x80) {
      ++at;
      continue;
    }
    auto const size = character_size(bytes, at);
    shape.valid += size;
    shape.invalid += size == 0;
    shape.wide = shape.wide || size > 2;
    at += size == 0 ? 1 : size;
  }
  return shape;
}

char const* guessed_charset(std::string_view bytes) {
  auto const pairs = pairs_of(bytes);
  if (pairs.all == 0 || pairs.all_in_words) return "CP1252";
  // A fifth of kana makes the text Japanese; four fifths of Han in its own rows, Chinese.
  if (!pairs.low_seconds && pairs.euc * 5 >= pairs.all) return "EUC-JP";
  if (pairs.low_seconds && pairs.shift * 5 >= pairs.all) return "CP932";
  auto const words = pairs.all - pairs.marks;
  bool const chinese = words > 0 ? pairs.gb * 5 >= words * 4 : !pairs.low_seconds;
  if (pairs.big5 > pairs.gb && pairs.big5 * 5 >= words * 4) return "BIG5-HKSCS";
  return chinese ? "GB18030" : "CP1252";
}

}  // namespace umsops::mail_helper
