// SPDX-License-Identifier: Apache-2.0
// RFC 2047, read by us and not by GMime: words cut inside a character, and charsets called by a name that says too
// little.
#include <optional>

#include "cli/helpers/mail/base64.hpp"
#include "cli/helpers/mail/charset.hpp"

namespace umsops::mail_helper {
namespace {

struct Word {
  std::string charset;
  std::string bytes;
  std::size_t size = 0;  ///< in the source
};

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::string decode_q(std::string_view text) {
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); ++at) {
    char const c = text[at];
    bool const coded = c == '=' && at + 2 < text.size() && hex_digit(text[at + 1]) >= 0 && hex_digit(text[at + 2]) >= 0;
    if (coded) {
      bytes += static_cast<char>(hex_digit(text[at + 1]) * 16 + hex_digit(text[at + 2]));
      at += 2;
    } else {
      bytes += c == '_' ? ' ' : c;
    }
  }
  return bytes;
}

/// The encoded word that begins at `at`. Blanks inside it are forgiven: many programs write them.
std::optional<Word> encoded_word(std::string_view text, std::size_t at) {
  if (text.substr(at, 2) != "=?") return std::nullopt;
  auto const charset_end = text.find('?', at + 2);
  if (charset_end == std::string_view::npos || charset_end - at > 60 || charset_end + 2 >= text.size())
    return std::nullopt;
  if (text[charset_end + 2] != '?') return std::nullopt;
  char const encoding = text[charset_end + 1];
  bool const base64 = encoding == 'B' || encoding == 'b';
  if (!base64 && encoding != 'Q' && encoding != 'q') return std::nullopt;
  auto charset = text.substr(at + 2, charset_end - at - 2);
  if (charset.find_first_of(" \t<>\"@") != std::string_view::npos) return std::nullopt;
  charset = charset.substr(0, charset.find('*'));  // RFC 2231 lets a language follow
  std::size_t const begin = charset_end + 3;
  auto const end = text.find("?=", begin);
  if (end == std::string_view::npos) return std::nullopt;
  auto const coded = text.substr(begin, end - begin);
  Word word{std::string(charset), base64 ? decode_base64(coded) : decode_q(coded), end + 2 - at};
  return word;
}

std::string unfolded(std::string_view raw) {
  std::string text;
  for (std::size_t at = 0; at < raw.size(); ++at) {
    if (raw[at] == '\r' && at + 1 < raw.size() && raw[at + 1] == '\n') continue;
    if (raw[at] == '\n' || raw[at] == '\r') {
      // A fold stands before a blank, which stays.
      if (at + 1 < raw.size() && raw[at + 1] != ' ' && raw[at + 1] != '\t') text += ' ';
      continue;
    }
    text += raw[at] == '\t' ? ' ' : raw[at];
  }
  auto const begin = text.find_first_not_of(' ');
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

void append(Decoded& text, Decoded const& more) {
  text.text += more.text;
  if (text.doubt.empty()) text.doubt = more.doubt;
}

/// Runs of encoded words with nothing but blanks between them, decoded; `put` gets what lies between as it is.
template <class Plain, class Words>
void read_words(std::string_view text, std::string_view hint, Plain&& plain, Words&& decoded) {
  std::size_t begin = 0, at = 0;
  // Without an end no word is encoded: asked once, so that the time stays in proportion.
  std::size_t const last_end = text.rfind("?=");
  while (last_end != std::string_view::npos && at < last_end) {
    auto word = text[at] == '=' ? encoded_word(text, at) : std::nullopt;
    if (!word) {
      ++at;
      continue;
    }
    plain(text.substr(begin, at - begin));
    Decoded run;
    std::string bytes;
    std::string charset = word->charset;
    while (word) {
      if (word->charset != charset) {
        append(run, to_utf8(bytes, charset, hint));
        bytes.clear();
        charset = word->charset;
      }
      bytes += word->bytes;
      at += word->size;
      auto const next = text.find_first_not_of(' ', at);
      word = next == std::string_view::npos ? std::nullopt : encoded_word(text, next);
      if (word) at = next;
    }
    append(run, to_utf8(bytes, charset, hint));
    decoded(run);
    begin = at;
  }
  plain(text.substr(begin));
}

}  // namespace

Decoded decode_header(std::string_view raw, std::string_view hint) {
  Decoded out;
  read_words(
      unfolded(raw), hint, [&](std::string_view plain) { append(out, guessed_to_utf8(plain, hint)); },
      [&](Decoded const& decoded) { append(out, decoded); });
  return out;
}

Decoded decode_address_header(std::string_view raw, std::string_view hint) {
  Decoded out;
  bool quoted = false;
  auto const plain = [&](std::string_view bytes) {
    auto const part = guessed_to_utf8(bytes, hint);
    for (std::size_t at = 0; at < part.text.size(); ++at) {
      if (quoted && part.text[at] == '\\' && at + 1 < part.text.size())
        out.text += part.text[at++];
      else if (part.text[at] == '"')
        quoted = !quoted;
      out.text += part.text[at];
    }
    append(out, {"", part.doubt});
  };
  auto const decoded = [&](Decoded const& word) {
    if (!quoted) out.text += '"';
    for (char const c : word.text) {
      if (c == '"' || c == '\\') out.text += '\\';
      out.text += c == '\n' || c == '\r' || c == '\0' ? ' ' : c;
    }
    if (!quoted) out.text += '"';
    append(out, {"", word.doubt});
  };
  read_words(unfolded(raw), hint, plain, decoded);
  return out;
}

std::string charset_of_words(std::string_view raw) {
  for (auto at = raw.find("=?"); at != std::string_view::npos; at = raw.find("=?", at + 2)) {
    auto const end = raw.find_first_of("? *", at + 2);
    if (end != std::string_view::npos && end - at < 60) return std::string(raw.substr(at + 2, end - at - 2));
  }
  return {};
}

}  // namespace umsops::mail_helper
