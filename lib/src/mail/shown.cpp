// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>

#include "base/utf8.hpp"
#include "mail/html_entities.hpp"
#include "umsops/mail/text.hpp"

namespace umsops::mail {
namespace {

struct Range {
  char32_t first, last;
};
/// Blanks, controls, and characters without a shape (Unicode: White_Space, Cc, Cf, Default_Ignorable, and blank
/// letters).
constexpr Range kShapeless[] = {
    {0x00, 0x20},     {0x7F, 0xA0},     {0xAD, 0xAD},      {0x034F, 0x034F}, {0x0600, 0x0605}, {0x061C, 0x061C},
    {0x115F, 0x1160}, {0x1680, 0x1680}, {0x17B4, 0x17B5},  {0x180B, 0x180F}, {0x2000, 0x200F}, {0x2028, 0x202F},
    {0x205F, 0x206F}, {0x2800, 0x2800}, {0x3000, 0x3000},  {0x3164, 0x3164}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF},
    {0xFFA0, 0xFFA0}, {0xFFF9, 0xFFFC}, {0xE0000, 0xE0FFF}};

bool has_shape(char32_t c) {
  return std::none_of(std::begin(kShapeless), std::end(kShapeless),
                      [c](Range const& range) { return c >= range.first && c <= range.last; });
}

/// The character that `&nbsp;` or `&#8203;` at `at` stands for, and behind it; 0: none.
char32_t take_entity(std::string_view text, std::size_t& at) {
  auto const end = text.substr(at, 12).find(';');
  if (end == std::string_view::npos || end < 2) return 0;
  char32_t const c = named_character(text.substr(at + 1, end - 1));
  if (c != 0) at += end + 1;
  return c;
}

}  // namespace

bool shows_nothing(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '&') {
      auto const c = take_entity(text, at);
      if (c == 0 || has_shape(c)) return false;
      continue;
    }
    auto const decoded = base::decode_utf8(text, at);
    if (!decoded.valid || has_shape(decoded.code_point)) return false;
    at += decoded.size;
  }
  return true;
}

}  // namespace umsops::mail
