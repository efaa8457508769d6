// SPDX-License-Identifier: Apache-2.0
#include "rules/folded_text.hpp"

#include <algorithm>
#include <array>

#include "base/simplified.hpp"
#include "base/utf8.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/base/text.hpp"

namespace umsops::rules {
namespace {

bool is_ascii_blank(unsigned char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
/// Bytes of a line that was wrapped because it was full; a shorter one was ended by its author.
constexpr std::size_t kFullLine = 50;
bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }
/// The first bytes of U+4000 to U+9FFF: Han, nothing else.
bool is_han_lead(unsigned char c) { return c >= 0xE4 && c <= 0xE9; }

/// Characters above ASCII that folding leaves as they are and that compose with nothing.
bool is_settled(char32_t c) {
  return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x3001 && c <= 0x301B) || c == 0x2013 || c == 0x2014 || c == 0x2018 ||
         c == 0x201C || c == 0x201D;
}
bool is_full_width(char32_t c) { return c >= 0xFF01 && c <= 0xFF5E; }
bool is_apostrophe(char32_t c) { return c == 0x2019 || c == 0x02BC; }
/// Folding such a character may need those after it.
bool is_hard(char32_t c) { return c >= 0x80 && !is_settled(c) && !is_full_width(c) && c != 0x2019 && c != 0x3000; }

bool hard_follows(std::string_view text, std::size_t at) {
  if (at >= text.size() || static_cast<unsigned char>(text[at]) < 0x80) return false;
  return is_hard(base::decode_utf8(text, at).code_point);
}

}  // namespace

Letter wide_letter_of(char32_t c) {
  if (c >= 0x4E00 && c < 0xA000) return Letter::cjk;
  if (c < 0xC0 || c == 0xD7 || c == 0xF7) return c == 0xAA || c == 0xB5 || c == 0xBA ? Letter::word : Letter::other;
  if (c < 0x1100) return Letter::word;
  if (c < 0x1200) return Letter::cjk;
  if (c < 0x2000) return Letter::word;
  if (c < 0x2C00) return Letter::other;
  if (c < 0x2E00) return Letter::word;
  if (c < 0x2E80) return Letter::other;
  if (c < 0x3005) return Letter::other;
  if (c <= 0x3007) return Letter::cjk;
  if (c < 0x3040) return Letter::other;
  if (c < 0xA500) return Letter::cjk;
  if (c >= 0xAC00 && c < 0xD7B0) return Letter::cjk;
  if (c < 0xF900) return Letter::word;
  if (c < 0xFB00 || (c >= 0x20000 && c < 0x40000)) return Letter::cjk;
  if (c < 0xFE00) return Letter::word;
  if (c >= 0xFF66 && c < 0xFFE0) return Letter::cjk;
  return c >= 0x10000 && c < 0x1D000 ? Letter::word : Letter::other;
}

Letter letter_before(std::string_view text, std::size_t end, std::size_t& size) {
  std::size_t at = end - 1;
  while (at > 0 && end - at < 4 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  Letter const letter = letter_at(text, at, size);
  if (at + size == end) return letter;
  size = 1;
  return Letter::other;
}

FoldedText::FoldedText(std::string_view original) {
  folded_.reserve(original.size() + 16);
  read(original);
  size_ = folded_.size();
  folded_.append(8, '\0');
}

void FoldedText::read(std::string_view original) {
  for (std::size_t at = 0; at < original.size();) {
    auto const lead = static_cast<unsigned char>(original[at]);
    if (is_ascii_blank(lead)) {
      put_blank(original[at]);
      ++at;
    } else if (lead < 0x80) {
      at = read_ascii(original, at);
    } else if (is_han_lead(lead)) {
      at = read_han(original, at);
    } else {
      at = read_other(original, at);
    }
  }
}

/// Most text is runs of these two kinds: they are copied as a whole.
std::size_t FoldedText::read_ascii(std::string_view original, std::size_t at) {
  std::size_t end = at;
  while (end < original.size() && static_cast<unsigned char>(original[end]) < 0x80 &&
         !is_ascii_blank(static_cast<unsigned char>(original[end]))) {
    ++end;
  }
  if (hard_follows(original, end)) --end;
  if (end == at) return read_hard(original, at);
  std::size_t const begin = put(original.substr(at, end - at), at, end - at);
  for (std::size_t i = begin; i < folded_.size(); ++i) folded_[i] = base::ascii_lower(folded_[i]);
  return end;
}

std::size_t FoldedText::read_han(std::string_view original, std::size_t at) {
  std::size_t end = at;
  while (end + 3 <= original.size() && is_han_lead(static_cast<unsigned char>(original[end])) &&
         is_continuation(original[end + 1]) && is_continuation(original[end + 2])) {
    end += 3;
  }
  if (end == at) return read_other(original, at);
  for (std::size_t i = put(original.substr(at, end - at), at, end - at); i < folded_.size(); i += 3) simplify(i);
  return end;
}

/// Replaces the Han character at `at` by its simplified form where that has as many bytes.
void FoldedText::simplify(std::size_t at) {
  char32_t const c = base::decode_utf8(folded_, at).code_point;
  char32_t const form = base::simplified(c);
  if (form == c) return;
  std::string bytes;
  base::append_utf8(bytes, form);
  if (bytes.size() == 3) folded_.replace(at, 3, bytes);
}

void FoldedText::put_blank(char c) {
  blank_ = size_ > 0;
  if (c != '\n') return;
  ++breaks_;
  parted_ = breaks_ > 1 || size_ - line_ < kFullLine;
}

std::size_t FoldedText::read_other(std::string_view original, std::size_t at) {
  auto const decoded = base::decode_utf8(original, at);
  char32_t const c = decoded.code_point;
  if (!decoded.valid) {
    put(original.substr(at, 1), at, 1);
    return at + 1;
  }
  if (c == 0x3000) {
    put_blank(' ');
  } else if (is_settled(c)) {
    put(original.substr(at, decoded.size), at, decoded.size);
  } else if (c == 0x2019) {
    put("'", at, decoded.size);
  } else if (is_full_width(c) && !hard_follows(original, at + decoded.size)) {
    char const narrow = base::ascii_lower(static_cast<char>(c - 0xFF01 + '!'));
    put({&narrow, 1}, at, decoded.size);
  } else {
    return read_hard(original, at);
  }
  return at + decoded.size;
}

/// Folds a run of characters that may compose with each other, beginning with any character.
std::size_t FoldedText::read_hard(std::string_view original, std::size_t at) {
  std::size_t end = at;
  do {
    end += base::decode_utf8(original, end).size;
  } while (hard_follows(original, end) && base::decode_utf8(original, end).valid);

  std::string const whole = base::fold(original.substr(at, end - at));
  std::vector<std::pair<std::string, std::size_t>> single;
  std::string joined;
  for (std::size_t i = at; i < end;) {
    std::size_t const size = base::decode_utf8(original, i).size;
    single.emplace_back(base::fold(original.substr(i, size)), size);
    joined += single.back().first;
    i += size;
  }
  if (joined != whole) {
    keeps_literals_ = false;
    put_folded(whole, at, end - at);
    return end;
  }
  for (auto const& [folded, size] : single) {
    put_folded(folded, at, size);
    at += size;
  }
  return end;
}

/// Several characters that stand for one piece of the original.
void FoldedText::put_folded(std::string_view folded, std::size_t original, std::size_t original_size) {
  for (std::size_t at = 0; at < folded.size();) {
    auto const decoded = base::decode_utf8(folded, at);
    if (decoded.valid && decoded.code_point < 0x80 && is_ascii_blank(static_cast<unsigned char>(folded[at]))) {
      put_blank(' ');
    } else if (decoded.valid && is_apostrophe(decoded.code_point)) {
      put("'", original, original_size);
    } else {
      put(folded.substr(at, decoded.size), original, original_size);
    }
    at += decoded.size;
  }
}

/// Appends characters of one kind, or one character; gives the place where they begin.
std::size_t FoldedText::put(std::string_view folded, std::size_t original, std::size_t original_size) {
  std::size_t size = 0;
  if (blank_) flush_blank(letter_at(folded, 0, size), original);
  if (breaks_ > 0) line_ = folded_.size();
  breaks_ = 0;
  std::size_t const begin = folded_.size();
  mark(original, original_size, folded.size());
  folded_.append(folded);
  size_ = folded_.size();
  last_ = letter_before(folded, folded.size(), size);
  return begin;
}

void FoldedText::flush_blank(Letter next, std::size_t original) {
  bool const inside = (last_ == Letter::cjk && next != Letter::other) || (last_ == Letter::word && next == Letter::cjk);
  if (!inside) {
    mark(original > 0 ? original - 1 : 0, 1, 1);
    folded_ += ' ';
    size_ = folded_.size();
  }
  if (parted_) parts_.push_back(static_cast<std::uint32_t>(size_));
  blank_ = parted_ = false;
}

/// Notes where the next `folded_size` bytes come from; a piece goes on as long as both sides run in step.
void FoldedText::mark(std::size_t original, std::size_t original_size, std::size_t folded_size) {
  auto const at = static_cast<std::uint32_t>(folded_.size());
  auto const from = static_cast<std::uint32_t>(original);
  bool const same = original_size == folded_size;
  if (same && !pieces_.empty() && pieces_.back().original_size == 0 &&
      from - pieces_.back().original == at - pieces_.back().folded) {
    return;
  }
  pieces_.push_back({at, from, same ? 0 : static_cast<std::uint32_t>(original_size)});
}

std::string_view FoldedText::part_of(std::size_t begin, std::size_t end) const {
  auto const first = std::upper_bound(parts_.begin(), parts_.end(), begin);
  auto const last = std::lower_bound(first, parts_.end(), end);
  std::size_t const from = first == parts_.begin() ? 0 : *(first - 1);
  return text().substr(from, (last == parts_.end() ? size_ : *last) - from);
}

FoldedText::Piece const& FoldedText::piece_of(std::size_t folded) const {
  auto const next = std::upper_bound(pieces_.begin(), pieces_.end(), folded,
                                     [](std::size_t at, Piece const& piece) { return at < piece.folded; });
  return *(next - 1);
}

std::size_t FoldedText::original_begin(std::size_t at) const {
  if (pieces_.empty() || at >= size_) return 0;
  Piece const& piece = piece_of(at);
  return piece.original_size == 0 ? piece.original + (at - piece.folded) : piece.original;
}

std::size_t FoldedText::original_end(std::size_t end) const {
  if (pieces_.empty() || end == 0 || end > size_) return 0;
  Piece const& piece = piece_of(end - 1);
  return piece.original_size == 0 ? piece.original + (end - piece.folded) : piece.original + piece.original_size;
}

}  // namespace umsops::rules
