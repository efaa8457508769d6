// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.hpp"
#include "umsops/mail/text.hpp"

namespace umsops::mail {
namespace {

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c <= 0x9F); }

}  // namespace

std::string sound_text(std::string_view text, base::TextShape shape) {
  std::string out;
  out.reserve(text.size());
  bool const block = shape == base::TextShape::block;
  for (std::size_t at = 0; at < text.size();) {
    auto const decoded = base::decode_utf8(text, at);
    char32_t const c = decoded.code_point;
    bool const line_end = c == '\n' || c == '\r' || c == '\v' || c == '\f' || c == 0x85;
    if (!decoded.valid) {
      out += kReplacement;
    } else if (line_end) {
      if (c == '\r' && at + 1 < text.size() && text[at + 1] == '\n') ++at;
      out += block ? '\n' : ' ';
    } else if (c == '\t') {
      out += block ? '\t' : ' ';
    } else if (is_control(c)) {
      out += kReplacement;
    } else if (c != 0xFEFF || !out.empty()) {
      out += text.substr(at, decoded.size);
    }
    at += decoded.size;
  }
  return out;
}

std::string sound_line(std::string_view text, std::size_t most) {
  std::string const sound = sound_text(text, base::TextShape::line);
  return std::string(trimmed(base::first_bytes(sound, most)));
}

}  // namespace umsops::mail
