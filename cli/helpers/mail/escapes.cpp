// SPDX-License-Identifier: Apache-2.0
#include "cli/helpers/mail/escapes.hpp"

#include <map>

#include "cli/helpers/mail/converter.hpp"
#include "umsops/mail/text.hpp"

namespace umsops::mail_helper {
namespace {

constexpr std::string_view kNotOfIt = "bytes that are not of its charset";

/// A table of characters, as a charset of eight bits has it.
struct Table {
  std::string_view escape;  ///< what follows ESC
  char const* charset;      ///< empty: ASCII
  std::string_view prefix;  ///< before each character
  std::size_t width = 1;    ///< bytes of a character
};
constexpr Table kAscii{"(B", "", "", 1};
constexpr Table kKana{"(I", "EUC-JP", "\x8E", 1};
constexpr Table kTables[] = {
    kAscii,
    kKana,
    {"(J", "", "", 1},
    {"$@", "EUC-JP", "", 2},
    {"$B", "EUC-JP", "", 2},
    {"$(@", "EUC-JP", "", 2},
    {"$(B", "EUC-JP", "", 2},
    {"$(D", "EUC-JP", "\x8F", 2},
    {"$(O", "EUC-JISX0213", "", 2},
    {"$(Q", "EUC-JISX0213", "", 2},
    {"$(P", "EUC-JISX0213", "\x8F", 2},
    {"$A", "GB18030", "", 2},
    {"$(A", "GB18030", "", 2},
    {"$(C", "UHC", "", 2},
};

/// The text, built up from runs of one table each.
class Runs {
 public:
  void ascii(char c) {
    flush();
    bool const high = static_cast<unsigned char>(c) >= 0x80;
    whole_ = whole_ && !high;
    if (high)
      out_ += mail::kReplacement;
    else
      out_ += c;
  }

  /// A character of the table by its seven-bit bytes.
  void character(Table const& table, std::string_view bytes) {
    if (charset_ != table.charset) flush();
    charset_ = table.charset;
    run_ += table.prefix;
    for (char const c : bytes) run_ += static_cast<char>(static_cast<unsigned char>(c) | 0x80);
  }

  Decoded finish() {
    flush();
    return {std::move(out_), whole_ ? std::string_view() : kNotOfIt};
  }

 private:
  void flush() {
    if (run_.empty()) return;
    auto const size = out_.size();
    if (!convert(charset_) && charset_ == "EUC-JP") {
      out_.resize(size);
      whole_ = convert("EUC-JP-MS") && whole_;
    }
    run_.clear();
  }

  bool convert(std::string_view charset) {
    auto& converter = converters_.try_emplace(charset, std::string(charset)).first->second;
    bool const whole = converter.known() && converter.convert(run_, out_);
    whole_ = whole_ && (whole || charset == "EUC-JP");  // which has a larger one behind it
    return whole;
  }

  std::map<std::string_view, Converter> converters_;  // to open one for each run would cost more than the runs
  std::string out_, run_;
  std::string_view charset_;
  bool whole_ = true;
};

bool is_printing(char c) { return c > ' ' && c < 0x7F; }

Table const* table_at(std::string_view behind_escape) {
  for (auto const& table : kTables) {
    if (behind_escape.starts_with(table.escape)) return &table;
  }
  return nullptr;
}

}  // namespace

Decoded decode_hz(std::string_view bytes) {
  constexpr Table kPairs{"", "GB18030", "", 2};
  Runs runs;
  bool pairs = false;
  for (std::size_t at = 0; at < bytes.size();) {
    auto const two = bytes.substr(at, 2);
    if (two == "~{" || two == "~}") {
      pairs = two == "~{";
      at += 2;
    } else if (!pairs && (two == "~~" || two == "~\n")) {
      if (two == "~~") runs.ascii('~');
      at += 2;
    } else if (pairs && two.size() == 2 && is_printing(two[0]) && is_printing(two[1])) {
      runs.character(kPairs, two);
      at += 2;
    } else {
      pairs = pairs && bytes[at] != '\n';
      runs.ascii(bytes[at++]);
    }
  }
  return runs.finish();
}

Decoded decode_iso_2022_jp(std::string_view bytes) {
  constexpr char kEscape = '\x1B', kShiftOut = '\x0E', kShiftIn = '\x0F';
  Runs runs;
  Table const* table = &kAscii;
  for (std::size_t at = 0; at < bytes.size();) {
    char const c = bytes[at];
    auto const* next = c == kEscape ? table_at(bytes.substr(at + 1, 3)) : nullptr;
    bool const kana = static_cast<unsigned char>(c) >= 0xA1 && static_cast<unsigned char>(c) <= 0xDF;
    auto const character = bytes.substr(at, table->width);
    if (next != nullptr) {
      table = next;
      at += 1 + next->escape.size();
    } else if (c == kShiftOut || c == kShiftIn) {
      table = c == kShiftOut ? &kKana : &kAscii;
      ++at;
    } else if (kana) {
      runs.character(kKana, bytes.substr(at++, 1));
    } else if (*table->charset != '\0' && is_printing(character.front()) && is_printing(character.back()) &&
               character.size() == table->width) {
      runs.character(*table, character);
      at += table->width;
    } else {
      if (c == '\n') table = &kAscii;
      runs.ascii(c);
      ++at;
    }
  }
  return runs.finish();
}

bool has_japanese_escape(std::string_view bytes) {
  for (auto at = bytes.find('\x1B'); at != std::string_view::npos; at = bytes.find('\x1B', at + 1)) {
    auto const* const table = table_at(bytes.substr(at + 1, 3));
    if (table != nullptr && *table->charset != '\0') return true;
  }
  return false;
}

}  // namespace umsops::mail_helper
