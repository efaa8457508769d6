// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/text.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <vector>

#include "base/utf8.hpp"
#include "umsops/base/ascii.hpp"

namespace umsops::base {

Decoded decode_utf8(std::string_view text, std::size_t at) {
  auto const lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return {lead, 1, true};
  std::size_t const size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + size > text.size()) return {lead, 1, false};
  char32_t c = lead & (0xFFu >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    auto const next = static_cast<unsigned char>(text[at + i]);
    if ((next & 0xC0) != 0x80) return {lead, 1, false};
    c = (c << 6) | (next & 0x3F);
  }
  bool const overlong = (size == 3 && c < 0x800) || (size == 4 && c < 0x10000);
  if (overlong || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return {lead, 1, false};
  return {c, size, true};
}

std::size_t find_invalid_utf8(std::string_view text) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080u;
  for (std::size_t at = 0; at < text.size();) {
    std::uint64_t eight = kHighBits;
    if (at + sizeof eight <= text.size()) std::memcpy(&eight, text.data() + at, sizeof eight);
    if ((eight & kHighBits) == 0) {
      at += sizeof eight;
      continue;
    }
    if (is_plain_han(text, at)) {
      at += 3;
      continue;
    }
    Decoded const decoded = decode_utf8(text, at);
    if (!decoded.valid) return at;
    at += decoded.size;
  }
  return std::string_view::npos;
}

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

namespace {

struct HiddenRange {
  char32_t first, last;
};
/// What Unicode 15 lists as default ignorable (DerivedCoreProperties.txt), and what only parts or annotates lines.
constexpr HiddenRange kHidden[] = {
    {0xAD, 0xAD},     {0x34F, 0x34F},   {0x61C, 0x61C},     {0x115F, 0x1160},   {0x17B4, 0x17B5},  {0x180B, 0x180F},
    {0x200B, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F},   {0x3164, 0x3164},   {0xFE00, 0xFE0F},  {0xFEFF, 0xFEFF},
    {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}};

/// Joiners shape letters of many scripts and make one picture of several; emoji have a form with colours and one
/// without. Between Latin letters, Han or alone these do nothing but hide.
bool shapes(char32_t c, char32_t before) {
  bool const emoji_form = c == 0xFE0E || c == 0xFE0F;
  bool const joiner = c == 0x200C || c == 0x200D;
  bool const after_picture = before >= 0x203C && (before < 0x2E80 || before >= 0x1F000) && before < 0xE0000;
  bool const after_form = before == 0xFE0E || before == 0xFE0F;
  bool const keycap =
      (before >= '0' && before <= '9') || before == '#' || before == '*' || before == 0xA9 || before == 0xAE;
  if (emoji_form)
    return keycap || (after_picture && !is_bidi_control(before) && !(before >= 0x2060 && before <= 0x206F));
  return joiner &&
         ((before >= 0x590 && before < 0x2000) || after_picture || after_form || (before >= 0xA800 && before < 0xAC00));
}

std::string hex(char32_t c, int digits) {
  static char const kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (int i = digits - 1; i >= 0; --i) out += kDigits[(c >> (4 * i)) & 15];
  return out;
}

/// Of valid UTF-8: all other bytes of a character are 10xxxxxx.
bool begins_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c <= 0x9F); }

/// The end of the characters from `at` on that need no look: printable ASCII and Han, which most text is.
std::size_t end_of_plain(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    auto const byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x20 && byte < 0x7F) {
      at = skip_plain_ascii(text, at + 1);
    } else if (is_plain_han(text, at)) {
      at += 3;
    } else {
      break;
    }
  }
  return at;
}

}  // namespace

bool is_hidden(char32_t c, char32_t before) {
  if (c < 0xAD) return false;
  auto const* const range = std::upper_bound(std::begin(kHidden), std::end(kHidden), c,
                                             [](char32_t v, HiddenRange r) { return v < r.first; });
  return range != std::begin(kHidden) && c <= std::prev(range)->last && !shapes(c, before);
}

std::optional<TextProblem> check_text(std::string_view text, TextShape shape) {
  for (std::size_t at = end_of_plain(text, 0); at < text.size(); at = end_of_plain(text, at)) {
    Decoded const decoded = decode_utf8(text, at);
    if (!decoded.valid) return TextProblem{at, "invalid UTF-8"};
    char32_t const c = decoded.code_point;
    bool const allowed = shape == TextShape::block && (c == '\n' || c == '\t');
    if (c == 0) return TextProblem{at, "NUL"};
    if (is_control(c) && !allowed) return TextProblem{at, "control character U+" + hex(c, 4)};
    if (c == 0xFEFF && at == 0) return TextProblem{at, "byte order mark U+FEFF"};
    at += decoded.size;
  }
  return std::nullopt;
}

std::optional<std::string> text_fault(std::string_view text, TextShape shape, std::size_t longest) {
  if (auto const problem = check_text(text, shape))
    return problem->what + " at byte " + std::to_string(problem->offset);
  if (longest > 0 && text.size() > longest && code_points(text) > longest)
    return "longer than " + std::to_string(longest) + " characters";
  return std::nullopt;
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_character));
}

std::string_view trimmed(std::string_view text, std::string_view blanks) {
  auto const begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

std::string_view first_bytes(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && !begins_character(text[most])) --most;
  return text.substr(0, most);
}

std::string_view first_code_points(std::string_view text, std::size_t most) {
  std::size_t seen = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (begins_character(text[at]) && ++seen > most) return text.substr(0, at);
  }
  return text;
}

std::string shortened(std::string_view text, std::size_t most) {
  if (code_points(text) <= most) return std::string(text);
  return std::string(first_code_points(text, most - 1)) + "…";
}

LineColumn line_column(std::string_view text, std::size_t offset) {
  std::string_view const before = text.substr(0, std::min(offset, text.size()));
  std::size_t const line_start = before.rfind('\n');
  LineColumn place;
  place.line = 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
  place.column = 1 + code_points(line_start == std::string_view::npos ? before : before.substr(line_start + 1));
  return place;
}

std::string person_name(std::string_view text) {
  return text.find('@') == std::string_view::npos ? std::string(text) : ascii_lower(text);
}

bool same_person(std::string_view a, std::string_view b) { return person_name(a) == person_name(b); }

std::string fold(std::string_view text) {
  bool const ascii = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (ascii) {
    std::string out(text);
    for (char& c : out) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
  }
  utf8proc_uint8_t* folded = nullptr;
  auto const options = static_cast<utf8proc_option_t>(UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD);
  auto const size = utf8proc_map(reinterpret_cast<utf8proc_uint8_t const*>(text.data()),
                                 static_cast<utf8proc_ssize_t>(text.size()), &folded, options);
  if (size < 0) return std::string(text);  // not UTF-8: the door has refused it where it matters
  std::string out(reinterpret_cast<char*>(folded), static_cast<std::size_t>(size));
  std::free(folded);
  return out;
}

bool holds_folded(std::string_view text, std::string_view folded) {
  std::string const whole = fold(text);
  return ::memmem(whole.data(), whole.size(), folded.data(), folded.size()) != nullptr;
}

std::string narrow(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    Decoded const decoded = decode_utf8(text, at);
    char32_t const c = decoded.code_point;
    if (decoded.valid && c >= 0xFF01 && c <= 0xFF5E) {
      out += static_cast<char>(c - 0xFF01 + '!');
    } else if (decoded.valid && c == 0x3000) {
      out += ' ';
    } else {
      out.append(text, at, decoded.size);
    }
    at += decoded.size;
  }
  return out;
}

FoldedText fold_with_origin(std::string_view text) {
  FoldedText out;
  out.text.reserve(text.size());
  out.origin.reserve(text.size() + 1);
  auto const add = [&](std::string_view folded, std::size_t from) {
    for (char const c : folded) {
      bool const blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
      if (blank && !out.text.empty() && out.text.back() == ' ') continue;
      out.text += blank ? ' ' : c;
      out.origin.push_back(static_cast<std::uint32_t>(from));
    }
  };
  for (std::size_t at = 0; at < text.size();) {
    auto const byte = static_cast<unsigned char>(text[at]);
    // A character and the marks that combine with it fold together.
    std::size_t end = at + decode_utf8(text, at).size;
    while (end < text.size() && static_cast<unsigned char>(text[end]) >= 0x80) {
      Decoded const next = decode_utf8(text, end);
      if (!next.valid || utf8proc_get_property(static_cast<utf8proc_int32_t>(next.code_point))->combining_class == 0)
        break;
      end += next.size;
    }
    if (byte < 0x80 && end == at + 1) {
      char const c = byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : text[at];
      add(std::string_view(&c, 1), at);
    } else {
      add(fold(text.substr(at, end - at)), at);
    }
    at = end;
  }
  out.origin.push_back(static_cast<std::uint32_t>(text.size()));
  return out;
}

std::string terminal_text(std::string_view text, TextShape shape) {
  constexpr char32_t kHan = 0x4E00;  // any of those that are passed over
  std::string out;
  out.reserve(text.size());
  char32_t before = 0;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t const plain = end_of_plain(text, at);
    out.append(text, at, plain - at);
    if (plain > at)
      before = static_cast<unsigned char>(text[plain - 1]) < 0x80 ? static_cast<char32_t>(text[plain - 1]) : kHan;
    at = plain;
    if (at == text.size()) break;
    Decoded const decoded = decode_utf8(text, at);
    char32_t const c = decoded.code_point;
    if (!decoded.valid) {
      out += "\\x" + hex(c, 2);
    } else if (c == '\n' || c == '\t') {
      if (shape == TextShape::block) {
        out += static_cast<char>(c);
      } else {
        out += c == '\n' ? "\\n" : "\\t";
      }
    } else if (is_control(c)) {
      out += "\\x" + hex(c, 2);
    } else if (is_hidden(c, before)) {
      out += c > 0xFFFF ? "\\U" + hex(c, 8) : "\\u" + hex(c, 4);
    } else {
      out.append(text, at, decoded.size);
    }
    before = c;
    at += decoded.size;
  }
  return out;
}

int edit_distance(std::string_view a_text, std::string_view b_text, int limit) {
  auto const letters = [](std::string_view text) {
    std::vector<char32_t> out;
    for (std::size_t at = 0; at < text.size() && out.size() < 64;) {
      Decoded const decoded = decode_utf8(text, at);
      char32_t const c = decoded.code_point;
      out.push_back(c >= 'A' && c <= 'Z' ? c + 32 : c);
      at += decoded.size;
    }
    return out;
  };
  auto const a = letters(a_text), b = letters(b_text);
  std::size_t const n = a.size(), m = b.size();
  if ((n > m ? n - m : m - n) > static_cast<std::size_t>(std::max(limit, 0))) return limit + 1;
  std::vector<std::vector<int>> cost(n + 1, std::vector<int>(m + 1));
  for (std::size_t i = 0; i <= n; ++i) cost[i][0] = static_cast<int>(i);
  for (std::size_t j = 0; j <= m; ++j) cost[0][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= n; ++i) {
    for (std::size_t j = 1; j <= m; ++j) {
      int const change = a[i - 1] == b[j - 1] ? 0 : 1;
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
      }
    }
  }
  return std::min(cost[n][m], limit + 1);
}

}  // namespace umsops::base
