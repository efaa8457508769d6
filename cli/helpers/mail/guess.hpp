// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace umsops::mail_helper {

/// How far bytes are UTF-8.
struct Utf8Shape {
  std::size_t valid = 0;    ///< bytes of characters of several bytes
  std::size_t invalid = 0;  ///< bytes over 127 that belong to none
  bool wide = false;        ///< a character of three or four bytes is there: chance does not make those
  bool is_utf8() const { return invalid == 0; }
};
Utf8Shape utf8_shape(std::string_view bytes);

/// The charset of bytes over 127 that are not UTF-8 and that nobody names, as iconv calls it: GB18030, Big5, EUC-JP or
/// Shift_JIS when the bytes go in pairs as these fill their tables; else Windows-1252, which any bytes may be.
char const* guessed_charset(std::string_view bytes);

}  // namespace umsops::mail_helper
