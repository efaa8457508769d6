// SPDX-License-Identifier: Apache-2.0
#include "umsops/base/markdown.hpp"

#include "umsops/base/text.hpp"

namespace umsops::base {

namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// The first point of `www.`, which makes a link as an address with a scheme does.
bool begins_web_name(std::string_view text, std::size_t at) {
  if (at < 3 || (at > 3 && is_word(text[at - 4]))) return false;
  auto const word = text.substr(at - 3, 3);
  return word == "www" || word == "WWW" || word == "Www";
}

}  // namespace

std::string markdown_text(std::string_view text) {
  std::string out;
  std::string const safe = terminal_text(text, TextShape::block);
  for (std::size_t at = 0; at < safe.size(); ++at) {
    char const c = safe[at];
    switch (c) {
      case '@':
        // Where a desk's table is pasted, nobody is called who is only named; a mail address calls nobody.
        out += at > 0 && is_word(safe[at - 1]) ? "@" : "@&#8203;";
        break;
      case ':':
        out += safe.compare(at, 3, "://") == 0 ? "&#58;" : ":";
        break;
      case '.':
        out += begins_web_name(safe, at) ? "&#46;" : ".";
        break;
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
