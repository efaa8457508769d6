// SPDX-License-Identifier: Apache-2.0
#include "cli/helpers/mail/charset.hpp"

#include <algorithm>
#include <utility>

#include "cli/helpers/mail/converter.hpp"
#include "cli/helpers/mail/escapes.hpp"
#include "cli/helpers/mail/guess.hpp"
#include "umsops/base/ascii.hpp"

namespace umsops::mail_helper {
namespace {

constexpr std::string_view kNotOfIt = "bytes that are not of its charset";
constexpr std::string_view kOverruled = "its charset is another than it says";
constexpr std::string_view kGuessed = "no charset named: guessed";

/// Names that mean more than they say, or that iconv has under another one: their letters and digits. A superset is
/// taken where senders use the name for it: mail marked gb2312 is full of characters that only GBK has.
constexpr std::pair<std::string_view, char const*> kNames[] = {
    {"gb2312", "GB18030"},
    {"gb231280", "GB18030"},
    {"isoir58", "GB18030"},
    {"iso58gb231280", "GB18030"},
    {"gb18030", "GB18030"},
    {"gb180302000", "GB18030"},
    {"chinese", "GB18030"},
    {"gbk", "GB18030"},
    {"cp936", "GB18030"},
    {"ms936", "GB18030"},
    {"windows936", "GB18030"},
    {"936", "GB18030"},
    {"euccn", "GB18030"},
    {"eucgb2312cn", "GB18030"},
    {"big5", "BIG5-HKSCS"},
    {"cnbig5", "BIG5-HKSCS"},
    {"chinesebig5", "BIG5-HKSCS"},
    {"big5eten", "BIG5-HKSCS"},
    {"big5hkscs", "BIG5-HKSCS"},
    {"big5tw", "BIG5-HKSCS"},
    {"cp950", "BIG5-HKSCS"},
    {"ms950", "BIG5-HKSCS"},
    {"windows950", "BIG5-HKSCS"},
    {"cp951", "BIG5-HKSCS"},
    {"shiftjis", "CP932"},
    {"sjis", "CP932"},
    {"windows31j", "CP932"},
    {"windows932", "CP932"},
    {"ms932", "CP932"},
    {"mskanji", "CP932"},
    {"eucjp", "EUC-JP"},
    {"ujis", "EUC-JP"},
    {"euckr", "UHC"},
    {"ksc56011987", "UHC"},
    {"ksc5601", "UHC"},
    {"ksc56011989", "UHC"},
    {"korean", "UHC"},
    {"cp949", "UHC"},
    {"ms949", "UHC"},
    {"windows949", "UHC"},
    {"iso88591", "CP1252"},
    {"latin1", "CP1252"},
    {"cp1252", "CP1252"},
    {"windows1252", "CP1252"},
    {"l1", "CP1252"},
    {"88591", "CP1252"},
    {"iso88598i", "ISO-8859-8"},
    {"iso88598e", "ISO-8859-8"},
    {"iso88599", "CP1254"},
    {"latin5", "CP1254"},
    {"iso885911", "CP874"},
    {"tis620", "CP874"},
    {"unicode11utf7", "UTF-7"},
    {"utf8", "UTF-8"},
    {"utf8sig", "UTF-8"},
    {"utf8mb4", "UTF-8"},
    {"unicode11utf8", "UTF-8"},
    {"cp65001", "UTF-8"},
    {"macroman", "MACINTOSH"},
    {"macintosh", "MACINTOSH"},
    {"hz", "HZ"},
    {"hzgb2312", "HZ"},
    {"hzgb", "HZ"},
    {"iso2022jp", "ISO-2022-JP"},
    {"iso2022jp1", "ISO-2022-JP"},
    {"iso2022jp2", "ISO-2022-JP"},
    {"shiftjis2004", "SHIFT_JISX0213"},
    {"shiftjisx0213", "SHIFT_JISX0213"},
    {"eucjis2004", "EUC-JISX0213"},
    {"iso2022jp3", "ISO-2022-JP"},
    {"iso2022jpms", "ISO-2022-JP"},
    {"iso2022jpext", "ISO-2022-JP"},
    {"iso2022jp2004", "ISO-2022-JP"},
    {"jis", "ISO-2022-JP"},
    {"cp50220", "ISO-2022-JP"},
    {"cp50221", "ISO-2022-JP"},
    {"cp50222", "ISO-2022-JP"},
};
/// Names that say nothing of bytes over 127.
constexpr std::string_view kAscii[] = {
    "",        "usascii", "ascii",    "ansix341968", "unknown8bit",   "unknown", "8bit",
    "7bit",    "binary",  "none",     "null",        "default",       "ansi",    "us",
    "charset", "text",    "iso646us", "userdefined", "defaultcharset"};

std::string small_name(std::string_view text) {
  std::string out;
  for (char const c : text.substr(0, 60)) {
    if (c != '"' && c != '\'' && c != ' ') out += base::ascii_lower(c);
  }
  while (out.starts_with("x-")) out.erase(0, 2);
  return out;
}

std::string letters_and_digits(std::string_view name) {
  std::string out;
  for (char const c : name) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  }
  return out.starts_with("cs") ? out.substr(2) : out;
}

/// The charset as iconv names it; empty: nobody knows it, or it says nothing.
std::string iconv_name(std::string_view charset) {
  auto const name = small_name(charset);
  auto const key = letters_and_digits(name);
  for (auto const& [known, better] : kNames) {
    if (known == key) return better;
  }
  std::string dashed = name;
  std::replace(dashed.begin(), dashed.end(), '_', '-');
  for (auto const& one : {name, dashed, key}) {
    if (Converter(one).known()) return one;
  }
  return {};
}

bool says_nothing(std::string_view charset) {
  auto const key = letters_and_digits(small_name(charset));
  return std::find(std::begin(kAscii), std::end(kAscii), key) != std::end(kAscii);
}

Decoded converted(std::string_view bytes, std::string const& charset) {
  if (charset == "HZ") return decode_hz(bytes);
  if (charset == "ISO-2022-JP") return decode_iso_2022_jp(bytes);
  Decoded out;
  Converter converter(charset);
  if (!converter.known() || !converter.convert(bytes, out.text)) out.doubt = kNotOfIt;
  // The signs of NEC and IBM are in the larger one alone; it has other signs for some dashes.
  if (!out.doubt.empty() && charset == "EUC-JP") return converted(bytes, "EUC-JP-MS");
  return out;
}

Decoded doubted(Decoded decoded, std::string_view doubt) {
  if (decoded.doubt.empty()) decoded.doubt = doubt;
  return decoded;
}

/// The charset that a byte order mark names, which beats what anybody says.
char const* marked_charset(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return "UTF-8";
  if (bytes.size() < 4 || bytes.size() % 2 != 0) return nullptr;
  using namespace std::string_view_literals;
  if (bytes.starts_with("\xFF\xFE\0\0"sv) || bytes.starts_with("\0\0\xFE\xFF"sv)) return "UTF-32";
  return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") ? "UTF-16" : nullptr;
}

/// Charsets whose texts never look like UTF-8, not even by two bytes.
bool is_of_single_bytes(std::string_view charset) {
  return charset.starts_with("CP125") || charset.starts_with("cp125") || charset.starts_with("windows-125") ||
         charset.starts_with("koi8") || charset.starts_with("iso-8859-15");
}

/// Whether bytes with this name are UTF-8 all the same. Pairs of a Chinese or Korean charset may look like UTF-8 of two
/// bytes, hardly ever like one of three.
bool is_utf8_all_the_same(std::string_view bytes, std::string_view charset) {
  bool const wide_charset =
      charset.starts_with("utf-16") || charset.starts_with("utf-32") || charset.starts_with("ucs");
  if (wide_charset) return bytes.find('\0') == std::string_view::npos && utf8_shape(bytes).is_utf8();
  auto const shape = utf8_shape(bytes);
  return shape.is_utf8() && (shape.wide || (shape.valid > 0 && is_of_single_bytes(charset)));
}

bool has_high_bytes(std::string_view bytes) {
  return std::any_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

/// UTF-8 by its name. With more bytes that are none than such that are, the name is wrong.
Decoded called_utf8(std::string_view bytes, std::string_view hint) {
  auto const shape = utf8_shape(bytes);
  if (shape.is_utf8()) return {std::string(bytes), {}};
  if (shape.valid >= shape.invalid) return {std::string(bytes), kNotOfIt};  // made sound later
  auto guessed = guessed_to_utf8(bytes, hint);
  guessed.doubt = kOverruled;
  return guessed;
}

}  // namespace

bool is_known_charset(std::string_view charset) { return says_nothing(charset) || !iconv_name(charset).empty(); }

bool says_charset(std::string_view charset) { return !says_nothing(charset) && !iconv_name(charset).empty(); }

bool is_latin_1(std::string_view charset) { return iconv_name(charset) == "CP1252"; }

Decoded guessed_to_utf8(std::string_view bytes, std::string_view hint) {
  if (has_japanese_escape(bytes)) return decode_iso_2022_jp(bytes);
  if (utf8_shape(bytes).is_utf8()) return {std::string(bytes), {}};
  auto const hinted = iconv_name(hint);
  if (!hinted.empty() && hinted != "UTF-8") {
    if (auto decoded = converted(bytes, hinted); decoded.doubt.empty()) return decoded;
  }
  return doubted(converted(bytes, guessed_charset(bytes)), kGuessed);
}

Decoded to_utf8(std::string_view bytes, std::string_view charset, std::string_view hint) {
  if (auto const* const marked = marked_charset(bytes)) return converted(bytes, marked);
  if (says_nothing(charset)) return guessed_to_utf8(bytes, hint);
  auto const name = iconv_name(charset);
  if (name.empty()) return guessed_to_utf8(bytes, hint);
  if (name == "UTF-8") return called_utf8(bytes, hint);
  if (is_utf8_all_the_same(bytes, name)) return {std::string(bytes), utf8_shape(bytes).valid > 0 ? kOverruled : ""};
  if (name == "ISO-2022-JP" && has_high_bytes(bytes) && !has_japanese_escape(bytes)) {
    return doubted(guessed_to_utf8(bytes, hint), kOverruled);
  }
  return converted(bytes, name);
}

}  // namespace umsops::mail_helper
