// SPDX-License-Identifier: Apache-2.0
#include "umsops/model/person_names.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "umsops/base/text.hpp"
#include "umsops/model/requester.hpp"

namespace umsops::model {
namespace {

constexpr std::size_t kFewestLetters = 3, kFewestHan = 2;
constexpr char32_t kFirstHan = 0x2E80;
constexpr std::size_t kMostBetweenDigits = 2;
constexpr std::size_t kMobile = 11;  ///< digits of a mobile number of China, written with and without its country

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
bool is_ascii_letter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
/// Part of a word of a script that writes blanks between words.
bool is_word(char32_t c) { return is_digit(c) || is_ascii_letter(c) || (c >= 0xC0 && c < kFirstHan && c != 0xD7); }
bool is_blank(char32_t c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0; }
/// May stand between two parts of one account or address.
bool is_joint(char32_t c) { return c == '.' || c == '-' || c == '_'; }
bool parts_digits(char32_t c) {
  return c == ' ' || c == '-' || c == '.' || c == '/' || c == '(' || c == ')' || c == 0xA0;
}

/// One character as it is compared.
char32_t folded(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;  // full width
  if (c == 0x3000) return ' ';
  if (c >= 'A' && c <= 'Z') return c + ('a' - 'A');
  if (c < 0x80 || c >= kFirstHan) return c;
  std::string one;
  base::append_utf8(one, c);
  std::string const other = base::fold(one);
  auto const read = base::decode_utf8(other, 0);
  return read.valid && read.size == other.size() ? read.code_point : c;
}

struct Read {
  char32_t c = 0;
  std::size_t size = 1;
};
/// Bytes that are no text are characters of their own, which no name has.
Read read_at(std::string_view text, std::size_t at) {
  auto const byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return {byte, 1};
  auto const read = base::decode_utf8(text, at);
  return {read.valid ? read.code_point : 0, read.size};
}
/// The character before that place; 0: there is none.
char32_t before(std::string_view text, std::size_t at) {
  if (at == 0) return 0;
  std::size_t begin = at - 1;
  while (begin > 0 && at - begin < 4 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
  return read_at(text, begin).c;
}
char32_t behind(std::string_view text, std::size_t at) { return at < text.size() ? read_at(text, at).c : 0; }

bool begins_a_word(std::string_view text, std::size_t at) {
  char32_t const last = before(text, at);
  if (is_word(last)) return false;
  return !is_joint(last) || at < 2 || !is_word(before(text, at - 1));
}
bool ends_a_word(std::string_view text, std::size_t at) {
  char32_t const next = behind(text, at);
  if (is_word(next)) return false;
  return !is_joint(next) || !is_word(behind(text, at + 1));
}

bool is_short(std::u32string const& name) {
  auto const letters = std::count_if(name.begin(), name.end(), [](char32_t c) { return c < kFirstHan && is_word(c); });
  auto const han = std::count_if(name.begin(), name.end(), [](char32_t c) { return c >= kFirstHan; });
  return static_cast<std::size_t>(han) < kFewestHan && static_cast<std::size_t>(letters) < kFewestLetters;
}

std::u32string folded_text(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) {
    auto const [c, size] = read_at(text, at);
    at += size;
    if (is_blank(c) && (out.empty() || out.back() == ' ')) continue;
    out += is_blank(c) ? U' ' : folded(c);
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

/// `Wei Zhang` for `Zhang Wei`; empty: it has not two words.
std::string turned_round(std::string_view name) {
  auto const blank = name.find(' ');
  if (blank == std::string_view::npos || name.find(' ', blank + 1) != std::string_view::npos) return {};
  return std::string(name.substr(blank + 1)).append(" ").append(name.substr(0, blank));
}

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

PersonNames::PersonNames(std::vector<std::string> const& said) {
  for (auto const& one : said) {
    std::string const name(base::trimmed(one));
    auto lookup = lookup_name(name);
    if (lookup.empty() || name == kErasedText || std::find(said_.begin(), said_.end(), name) != said_.end()) continue;
    std::size_t const place = said_.size();
    said_.push_back(name);
    short_.push_back(is_short(folded_text(name)));
    if (!short_.back()) {
      bool const number = all_digits(lookup);
      add_pattern(number ? lookup : name, place, number);
      // With its country in front the digits are no word of their own.
      if (number && lookup.size() == kMobile) add_pattern("86" + lookup, place, true);
      if (number && lookup.size() == kMobile) add_pattern("0086" + lookup, place, true);
      if (!number && !is_short(folded_text(lookup))) add_pattern(lookup, place, false);
      if (auto const other = turned_round(name); !number && !other.empty()) add_pattern(other, place, false);
    }
    lookups_.push_back(std::move(lookup));
  }
  // An address before the account that it begins with.
  std::stable_sort(patterns_.begin(), patterns_.end(),
                   [](auto const& a, auto const& b) { return a.folded.size() > b.folded.size(); });
}

void PersonNames::add_pattern(std::string_view text, std::size_t name, bool digits) {
  Pattern pattern{folded_text(text), name, digits};
  if (pattern.folded.empty()) return;
  for (auto const& known : patterns_) {
    if (known.folded == pattern.folded && known.digits == digits) return;
  }
  char32_t const first = pattern.folded.front();
  std::string bytes;
  base::append_utf8(bytes, first);
  may_begin_[static_cast<unsigned char>(bytes[0])] = true;
  if (first < 0x80) {
    if (is_ascii_letter(first)) may_begin_[first - ('a' - 'A')] = true;
    may_begin_[0xEF] = true;  // full width
  } else if (first < kFirstHan) {
    // The other case of a letter may begin with another byte.
    for (std::size_t byte = 0xC2; byte < 0xE3; ++byte) may_begin_[byte] = true;
  }
  patterns_.push_back(std::move(pattern));
}

std::vector<std::string> PersonNames::short_ones() const {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < said_.size(); ++i) {
    if (short_[i]) out.push_back(said_[i]);
  }
  return out;
}

bool PersonNames::is(std::string_view text) const {
  if (said_.empty() || text.empty()) return false;
  return std::find(lookups_.begin(), lookups_.end(), lookup_name(text)) != lookups_.end();
}

/// Behind the match of that pattern at that place; npos: there is none.
std::size_t PersonNames::end_of(Pattern const& pattern, std::string_view text, std::size_t at) const {
  bool const word = is_word(pattern.folded.front());
  if (word && (pattern.digits ? is_digit(before(text, at)) : !begins_a_word(text, at))) return std::string_view::npos;
  std::size_t place = at;
  for (std::size_t i = 0; i < pattern.folded.size(); ++i) {
    if (place >= text.size()) return std::string_view::npos;
    auto read = read_at(text, place);
    for (std::size_t passed = 0; pattern.digits && i > 0 && parts_digits(read.c); read = read_at(text, place)) {
      place += read.size;
      if (++passed > kMostBetweenDigits || place >= text.size()) return std::string_view::npos;
    }
    bool const blanks = pattern.folded[i] == ' ' && is_blank(read.c);
    if (!blanks && folded(read.c) != pattern.folded[i]) return std::string_view::npos;
    place += read.size;
    while (blanks && place < text.size() && is_blank(behind(text, place))) place += read_at(text, place).size;
  }
  bool const ends = pattern.digits                   ? !is_digit(behind(text, place))
                    : is_word(pattern.folded.back()) ? ends_a_word(text, place)
                                                     : true;
  return ends ? place : std::string_view::npos;
}

PersonNames::Match PersonNames::next(std::string_view text, std::size_t from) const {
  for (std::size_t at = from; at < text.size(); ++at) {
    if (!may_begin_[static_cast<unsigned char>(text[at])]) continue;
    for (auto const& pattern : patterns_) {
      auto const end = end_of(pattern, text, at);
      if (end != std::string_view::npos) return {at, end, pattern.name};
    }
  }
  return {text.size(), text.size(), 0};
}

bool PersonNames::in(std::string_view text) const {
  return (!patterns_.empty() && next(text, 0).begin < text.size()) || is(text);
}

std::string PersonNames::without(std::string_view text) const {
  if (is(text)) return std::string(kErasedText);
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    auto const match = patterns_.empty() ? Match{text.size(), text.size(), 0} : next(text, at);
    out.append(text, at, match.begin - at);
    if (match.begin < text.size()) out.append(kErasedText);
    at = match.end;
  }
  return out;
}

std::string PersonNames::passage(std::string_view text, std::size_t around) const {
  auto const match = patterns_.empty() ? Match{text.size(), text.size(), 0} : next(text, 0);
  if (match.begin == text.size()) return std::string(base::first_code_points(text, 2 * around));
  std::size_t begin = match.begin;
  for (std::size_t left = around; begin > 0 && left > 0; --left) {
    do --begin;
    while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80);
  }
  auto const behind = base::first_code_points(text.substr(match.end), around);
  std::string out = begin > 0 ? "…" : "";
  out.append(text, begin, match.end - begin).append(behind);
  return match.end + behind.size() < text.size() ? out + "…" : out;
}

void PersonNames::count(std::string_view text, std::vector<std::size_t>& counts) const {
  counts.resize(said_.size());
  std::size_t found = 0;
  for (std::size_t at = 0; at < text.size() && !patterns_.empty(); ++found) {
    auto const match = next(text, at);
    if (match.begin == text.size()) break;
    ++counts[match.name];
    at = match.end;
  }
  if (found > 0 || !is(text)) return;
  auto const which = std::find(lookups_.begin(), lookups_.end(), lookup_name(text)) - lookups_.begin();
  ++counts[static_cast<std::size_t>(which)];
}

}  // namespace umsops::model
