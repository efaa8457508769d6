// SPDX-License-Identifier: Apache-2.0
#include "cli/helpers/mail/charset.hpp"

#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "umsops/base/text.hpp"

namespace umsops::mail_helper {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// Names that mean more than they say, or that iconv has under another one. A superset is taken where senders use the
/// name for it: mail marked gb2312 is full of characters that only GBK has.
constexpr std::pair<std::string_view, char const*> kNames[] = {
    {"gb2312", "GB18030"},
    {"gbk", "GB18030"},
    {"cp936", "GB18030"},
    {"windows-936", "GB18030"},
    {"ms936", "GB18030"},
    {"x-gbk", "GB18030"},
    {"gb_2312-80", "GB18030"},
    {"euc-cn", "GB18030"},
    {"hz-gb-2312", "HZ"},
    {"x-big5", "BIG5-HKSCS"},
    {"big5", "BIG5-HKSCS"},
    {"cp950", "BIG5-HKSCS"},
    {"shift_jis", "CP932"},
    {"shift-jis", "CP932"},
    {"x-sjis", "CP932"},
    {"sjis", "CP932"},
    {"windows-31j", "CP932"},
    {"euc-kr", "UHC"},
    {"ks_c_5601-1987", "UHC"},
    {"ks_c_5601", "UHC"},
    {"ksc5601", "UHC"},
    {"cp949", "UHC"},
    {"iso-8859-1", "CP1252"},
    {"latin1", "CP1252"},
    {"iso8859-1", "CP1252"},
    {"iso_8859-1", "CP1252"},
    {"iso-8859-8-i", "ISO-8859-8"},
    {"iso-8859-9", "CP1254"},
    {"iso-8859-11", "CP874"},
    {"tis-620", "CP874"},
    {"unicode-1-1-utf-7", "UTF-7"},
    {"utf8", "UTF-8"},
    {"x-mac-roman", "MACINTOSH"},
    {"macintosh", "MACINTOSH"},
};
constexpr std::string_view kAscii[] = {"",          "us-ascii", "ascii",   "ansi_x3.4-1968", "unknown-8bit",
                                       "x-unknown", "unknown",  "8bit",    "7bit",           "binary",
                                       "none",      "null",     "default", "x-user-defined", "default_charset"};

std::string small_letters(std::string_view text) {
  std::string out;
  for (char const c : text) {
    if (c == '"' || c == '\'' || c == ' ') continue;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  }
  return out.substr(0, 40);
}

/// One open converter; nothing when iconv has no such charset.
class Converter {
 public:
  explicit Converter(std::string const& from) {
    // What follows a slash are iconv's own wishes, which no message is to have.
    bool const plain = !from.empty() && from.find('/') == std::string::npos;
    if (plain) handle_ = iconv_open("UTF-8", from.c_str());
  }
  ~Converter() {
    if (known()) iconv_close(handle_);
  }
  Converter(Converter const&) = delete;
  Converter& operator=(Converter const&) = delete;

  bool known() const { return handle_ != iconv_t(-1); }

  std::string convert(std::string_view bytes) {
    std::string out;
    std::string input(bytes);
    char* in = input.data();
    std::size_t left = input.size();
    char room[4096];
    while (left > 0) {
      char* to = room;
      std::size_t free = sizeof room;
      std::size_t const result = iconv(handle_, &in, &left, &to, &free);
      int const why = result == std::size_t(-1) ? errno : 0;
      out.append(room, sizeof room - free);
      if (why == 0 || why == E2BIG) continue;
      out += kReplacement;
      if (left > 0) ++in, --left;
    }
    char* to = room;
    std::size_t free = sizeof room;
    iconv(handle_, nullptr, nullptr, &to, &free);  // what a stateful charset still holds
    return out.append(room, sizeof room - free);
  }

 private:
  iconv_t handle_ = iconv_t(-1);
};

std::string iconv_name(std::string const& charset) {
  for (auto const& [name, better] : kNames) {
    if (name == charset) return better;
  }
  return charset;
}

bool is_utf8(std::string_view bytes) {
  for (std::size_t at = 0;;) {
    auto const problem = base::check_text(bytes.substr(at), base::TextShape::block);
    if (!problem) return true;
    if (problem->what == "invalid UTF-8") return false;
    at += problem->offset + 1;  // a control character, which is no matter of the charset
    while (at < bytes.size() && (static_cast<unsigned char>(bytes[at]) & 0xC0) == 0x80) ++at;
    if (at >= bytes.size()) return true;
  }
}

/// Whether all bytes over 127 go in pairs of the rows that GB 2312 fills: Latin text has single ones.
bool looks_chinese(std::string_view bytes) {
  auto const byte = [&](std::size_t at) { return static_cast<unsigned char>(bytes[at]); };
  std::size_t pairs = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    if (byte(at) < 0x80) continue;
    bool const pair = at + 1 < bytes.size() && byte(at) >= 0xA1 && byte(at) <= 0xF7 && byte(at + 1) >= 0xA1;
    if (!pair) return false;
    ++at;
    ++pairs;
  }
  return pairs > 0;
}

}  // namespace

bool is_known_charset(std::string_view charset) {
  auto const name = small_letters(charset);
  return std::find(std::begin(kAscii), std::end(kAscii), name) != std::end(kAscii) ||
         Converter(iconv_name(name)).known();
}

std::string guessed_to_utf8(std::string_view bytes) {
  if (is_utf8(bytes)) return std::string(bytes);
  return Converter(looks_chinese(bytes) ? "GB18030" : "CP1252").convert(bytes);
}

std::string to_utf8(std::string_view bytes, std::string_view charset) {
  auto const name = small_letters(charset);
  if (std::find(std::begin(kAscii), std::end(kAscii), name) != std::end(kAscii)) return guessed_to_utf8(bytes);
  if (name == "utf-8" || name == "utf8") return std::string(bytes);  // made sound later
  Converter converter(iconv_name(name));
  return converter.known() ? converter.convert(bytes) : guessed_to_utf8(bytes);
}

}  // namespace umsops::mail_helper
