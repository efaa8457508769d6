// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/cells.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <iterator>

#include "base/utf8.hpp"

namespace umsops::base {
namespace {

/// East Asian Ambiguous characters that tables meet (Unicode 15 EastAsianWidth.txt, class A), in blocks.
struct Range {
  char32_t first, last;
};
constexpr Range kAmbiguous[] = {
    {0xA1, 0xA1},     {0xA4, 0xA4},     {0xA7, 0xA8},     {0xAA, 0xAA},     {0xAE, 0xAE},     {0xB0, 0xB4},
    {0xB6, 0xBA},     {0xBC, 0xBF},     {0xC6, 0xC6},     {0xD0, 0xD0},     {0xD7, 0xD8},     {0xDE, 0xE1},
    {0xE6, 0xE6},     {0xE8, 0xEA},     {0xEC, 0xED},     {0xF0, 0xF0},     {0xF2, 0xF3},     {0xF7, 0xFA},
    {0xFC, 0xFC},     {0xFE, 0xFE},     {0x391, 0x3A9},   {0x3B1, 0x3C9},   {0x401, 0x401},   {0x410, 0x44F},
    {0x451, 0x451},   {0x2010, 0x2010}, {0x2013, 0x2016}, {0x2018, 0x2019}, {0x201C, 0x201D}, {0x2020, 0x2022},
    {0x2024, 0x2027}, {0x2030, 0x2030}, {0x2032, 0x2033}, {0x2035, 0x2035}, {0x203B, 0x203B}, {0x2103, 0x2103},
    {0x2109, 0x2109}, {0x2116, 0x2116}, {0x2121, 0x2122}, {0x2160, 0x216B}, {0x2170, 0x2179}, {0x2190, 0x2199},
    {0x21D2, 0x21D2}, {0x21D4, 0x21D4}, {0x2200, 0x22BF}, {0x2460, 0x24E9}, {0x24EB, 0x254B}, {0x2550, 0x2573},
    {0x2580, 0x258F}, {0x2592, 0x2595}, {0x25A0, 0x25A1}, {0x25A3, 0x25A9}, {0x25B2, 0x25B3}, {0x25B6, 0x25B7},
    {0x25BC, 0x25BD}, {0x25C0, 0x25C1}, {0x25C6, 0x25C8}, {0x25CB, 0x25CB}, {0x25CE, 0x25D1}, {0x2605, 0x2606},
    {0x2609, 0x2609}, {0x260E, 0x260F}, {0x2640, 0x2640}, {0x2642, 0x2642}, {0x266A, 0x266A}, {0x2776, 0x277F},
    {0xE000, 0xF8FF}};

bool is_ambiguous(char32_t c) {
  auto const* const after = std::upper_bound(std::begin(kAmbiguous), std::end(kAmbiguous), c,
                                             [](char32_t v, Range r) { return v < r.first; });
  return after != std::begin(kAmbiguous) && c <= std::prev(after)->last;
}

int code_point_cells(char32_t c, int ambiguous) {
  if (c < 0x7F) return c < 0x20 ? 0 : 1;
  if (ambiguous == 2 && is_ambiguous(c)) return 2;
  int const width = utf8proc_charwidth(static_cast<utf8proc_int32_t>(c));
  return width < 0 ? 0 : width;
}

/// One grapheme: what a reader sees as one character, and what is never split.
struct Grapheme {
  std::size_t bytes = 0;
  std::size_t cells = 0;
};

bool is_regional(char32_t c) { return c >= 0x1F1E6 && c <= 0x1F1FF; }

Grapheme next_grapheme(std::string_view text, std::size_t at, int ambiguous) {
  Decoded previous = decode_utf8(text, at);
  Grapheme out{previous.size, static_cast<std::size_t>(code_point_cells(previous.code_point, ambiguous))};
  if (is_regional(previous.code_point)) out.cells = 1;
  utf8proc_int32_t state = 0;
  for (at += previous.size; at < text.size();) {
    Decoded const next = decode_utf8(text, at);
    bool const together = previous.valid && next.valid &&
                          !utf8proc_grapheme_break_stateful(static_cast<utf8proc_int32_t>(previous.code_point),
                                                            static_cast<utf8proc_int32_t>(next.code_point), &state);
    if (!together) break;
    // A flag is two regional letters; a variation selector 16 asks for the wide, coloured form.
    if (is_regional(next.code_point) || next.code_point == 0xFE0F) out.cells = 2;
    out.cells = std::max(out.cells, static_cast<std::size_t>(code_point_cells(next.code_point, ambiguous)));
    out.bytes += next.size;
    at += next.size;
    previous = next;
  }
  return out;
}

}  // namespace

std::size_t cell_width(std::string_view text, int ambiguous) {
  // Plain ASCII, which most cells of a table are, is as wide as it is long.
  if (std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; })) return text.size();
  std::size_t cells = 0;
  for (std::size_t at = 0; at < text.size();) {
    Grapheme const grapheme = next_grapheme(text, at, ambiguous);
    cells += grapheme.cells;
    at += grapheme.bytes;
  }
  return cells;
}

std::string_view fitting_cells(std::string_view text, std::size_t cells, int ambiguous) {
  std::size_t used = 0;
  for (std::size_t at = 0; at < text.size();) {
    Grapheme const grapheme = next_grapheme(text, at, ambiguous);
    if (used + grapheme.cells > cells) return text.substr(0, at);
    used += grapheme.cells;
    at += grapheme.bytes;
  }
  return text;
}

std::string cut_cells(std::string_view text, std::size_t cells, int ambiguous) {
  if (fitting_cells(text, cells, ambiguous).size() == text.size()) return std::string(text);
  std::size_t const mark = static_cast<std::size_t>(code_point_cells(0x2026, ambiguous));
  if (cells < mark) return std::string(fitting_cells(text, cells, ambiguous));
  return std::string(fitting_cells(text, cells - mark, ambiguous)) + "…";
}

}  // namespace umsops::base
