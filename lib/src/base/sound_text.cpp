// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/sound_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.hpp"

namespace umsops::base {
namespace {

constexpr std::size_t kLongestHead = 60;  // of the line about what was left out

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c <= 0x9F); }

/// Where the sequence that begins with ESC at `at` ends. One that is cut off ends with its line: the rest is text.
std::size_t end_of_sequence(std::string_view text, std::size_t at) {
  std::size_t i = at + 1;
  if (i >= text.size()) return i;
  char const kind = text[i++];
  if (kind == '[') {  // parameters, then one final byte
    while (i < text.size() && text[i] >= 0x20 && text[i] <= 0x3F) ++i;
    return i < text.size() && text[i] >= 0x40 && text[i] <= 0x7E ? i + 1 : i;
  }
  if (kind == ']' || kind == 'P' || kind == '_' || kind == '^' || kind == 'X') {  // a string up to BEL or ESC backslash
    while (i < text.size() && text[i] != '\n' && text[i] != '\a' && text[i] != '\x1b') ++i;
    if (text.substr(i, 2) == "\x1b\\") return i + 2;
    return i < text.size() && text[i] == '\a' ? i + 1 : i;
  }
  if (kind >= 0x20 && kind <= 0x2F) return std::min(i + 1, text.size());  // e.g. a choice of characters: ESC ( B
  return kind == '\n' ? i - 1 : i;
}

std::string without_sequences(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    auto const next = std::min(text.find('\x1b', at), text.size());
    out.append(text.substr(at, next - at));
    at = next < text.size() ? end_of_sequence(text, next) : next;
  }
  return out;
}

/// Of each line what stands behind its last CR that is not its end; `overwritten` where that was not all of it.
std::string without_overwritten(std::string_view text, bool& overwritten) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    auto const end = std::min(text.find('\n', at), text.size());
    auto line = text.substr(at, end - at);
    while (line.ends_with('\r')) line.remove_suffix(1);
    auto const over = line.rfind('\r');
    if (over != std::string_view::npos) {
      line.remove_prefix(over + 1);
      overwritten = true;
    }
    out.append(line);
    if (end < text.size()) out += '\n';
    at = end + 1;
  }
  return out;
}

/// The last `most` code points of valid text, from the beginning of a line on if there is one.
std::string_view last_lines(std::string_view text, std::size_t most) {
  std::size_t at = text.size();
  for (std::size_t seen = 0; at > 0 && seen < most; ++seen) {
    do --at;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  }
  if (at == 0) return text;
  auto const line_end = text.find('\n', at - 1);
  bool const more = line_end != std::string_view::npos && line_end + 1 < text.size();
  return text.substr(more ? line_end + 1 : at);
}

/// `replaced` counts what became U+FFFD.
std::string made_sound(std::string_view text, TextShape shape, std::int64_t& replaced) {
  std::string out;
  out.reserve(text.size());
  bool const block = shape == TextShape::block;
  for (std::size_t at = 0; at < text.size();) {
    auto const decoded = decode_utf8(text, at);
    char32_t const c = decoded.code_point;
    bool const line_end = c == '\n' || c == '\r' || c == '\v' || c == '\f' || c == 0x85;
    if (!decoded.valid || (is_control(c) && !line_end && c != '\t')) {
      out += kReplacement;
      ++replaced;
    } else if (line_end) {
      if (c == '\r' && at + 1 < text.size() && text[at + 1] == '\n') ++at;
      out += block ? '\n' : ' ';
    } else if (c == '\t') {
      out += block ? '\t' : ' ';
    } else if (c != 0xFEFF || !out.empty()) {
      out += text.substr(at, decoded.size);
    }
    at += decoded.size;
  }
  return out;
}

}  // namespace

std::string sound_text(std::string_view text, TextShape shape) {
  std::int64_t replaced = 0;
  return made_sound(text, shape, replaced);
}

Shown shown_text(std::string_view output, std::size_t most, bool cut, std::int64_t lines_before) {
  Shown shown;
  auto const plain = without_sequences(output);
  shown.drawn = plain.size() != output.size();
  auto const last_states = without_overwritten(plain, shown.drawn);
  auto const whole = made_sound(last_states, TextShape::block, shown.replaced);
  std::string_view text = whole;
  shown.lines_left = lines_before;
  shown.cut = cut || code_points(text) > most;
  if (shown.cut) {
    text = last_lines(text, most - kLongestHead);
    shown.lines_left += std::count(whole.begin(), whole.end() - static_cast<std::ptrdiff_t>(text.size()), '\n');
    shown.text = shown.lines_left > 0 ? fmt::format("... {} earlier lines left out\n", shown.lines_left)
                                      : "... the beginning of the line left out\n";
  }
  shown.text += text;
  return shown;
}

}  // namespace umsops::base
