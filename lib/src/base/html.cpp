// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/html.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/base/sound_text.hpp"

namespace umsops::base {

namespace {

std::string_view escape(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

constexpr char kSchemes[][9] = {"https://", "http://", "mailto:"};

bool is_control(char32_t c) { return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0); }

}  // namespace

std::string html_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    auto const decoded = decode_utf8(text, at);
    if (!decoded.valid || is_control(decoded.code_point) || is_bidi_control(decoded.code_point)) {
      out += kReplacement;
    } else if (auto const escaped = decoded.size == 1 ? escape(text[at]) : std::string_view(); !escaped.empty()) {
      out += escaped;
    } else {
      out += text.substr(at, decoded.size);
    }
    at += decoded.size;
  }
  return out;
}

bool is_safe_link(std::string_view url) {
  bool const odd = std::any_of(url.begin(), url.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || static_cast<unsigned char>(c) == 0x7F || c == '\\';
  });
  if (odd) return false;
  std::string const start = ascii_lower(url.substr(0, 8));
  return std::any_of(std::begin(kSchemes), std::end(kSchemes), [&](auto const& scheme) {
    return std::string_view(start).starts_with(scheme) && url.size() > std::string_view(scheme).size();
  });
}

}  // namespace umsops::base
