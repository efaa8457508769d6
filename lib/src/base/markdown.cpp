// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/markdown.hpp"

#include "umsops/base/text.hpp"

namespace umsops::base {

std::string markdown_text(std::string_view text) {
  std::string out;
  for (char const c : terminal_text(text, TextShape::block)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '\n':
        out += "<br>";
        break;
      case '\t':
        out += ' ';
        break;
      case '|':
      case '\\':
      case '`':
      case '*':
      case '_':
      case '[':
      case ']':
      case '!':
      case '#':
      case '~':
      case '$':
      case '^':
        out += '\\';
        out += c;
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace umsops::base
