// SPDX-License-Identifier: Apache-2.0
#include <cstring>
#include <string>

#include "base/characters.hpp"
#include "base/simplified.hpp"
#include "base/utf8.hpp"
#include "search/character_class.hpp"
#include "search/stem_cache.hpp"
#include "search/word_parts.hpp"
#include "umsops/search/token.hpp"

namespace umsops::search {

namespace {

/// One pass over one text.
class Pass {
 public:
  Pass(std::string_view text, TokenSink& sink, StemCache& stems)
      : text_(text), sink_(sink), word_(sink, stems, position_) {}
  std::uint32_t run();

 private:
  void ascii(std::size_t at);
  Class class_at(std::size_t at) const {
    auto const c = static_cast<unsigned char>(text_[at]);
    return c < 0x80 ? kAsciiClasses[c] : Class::other;
  }
  void plain(char32_t c, std::size_t begin, std::size_t end);
  void other(char32_t c, std::size_t begin, std::size_t end);
  void put(char32_t c, std::size_t begin, std::size_t end);
  void run_character(char32_t c, std::size_t begin, std::size_t end);
  void end_run();
  void end_all() {
    end_run();
    word_.end();
  }
  /// Behind the target of a Markdown link whose `](` begins here; npos: none does.
  std::size_t link_end(std::size_t at);
  /// The mark at this place that makes one character of it and a kana before, and where it ends.
  base::Decoded voiced_mark(std::size_t at) const;

  std::string_view text_;
  TokenSink& sink_;
  std::uint32_t position_ = 0;
  WordParts word_;
  std::size_t at_ = 0;

  char pair_[8] = {};
  std::size_t first_size_ = 0, second_size_ = 0, first_begin_ = 0, second_begin_ = 0, run_end_ = 0;
  std::size_t next_close_ = 0, next_line_ = 0;  ///< the first ) and line end behind the last look
};

std::uint32_t Pass::run() {
  while (at_ < text_.size()) {
    std::size_t const begin = at_;
    if (static_cast<unsigned char>(text_[begin]) < 0x80) {
      ++at_;
      ascii(begin);
      continue;
    }
    auto const decoded = base::decode_utf8(text_, begin);
    at_ += decoded.size;
    if (!decoded.valid) {
      end_all();
    } else {
      plain(decoded.code_point, begin, at_);
    }
  }
  end_all();
  return position_;
}

void Pass::ascii(std::size_t at) {
  char const c = text_[at];
  Class const kind = kAsciiClasses[static_cast<unsigned char>(c)];
  if (is_word(kind)) {
    if (second_size_ != 0) end_run();
    if (kind != Class::upper) {
      while (at_ < text_.size() && class_at(at_) == kind) ++at_;
      return word_.letters(kind, text_.substr(at, at_ - at), at);
    }
    char const lower = kind == Class::upper ? static_cast<char>(c + ('a' - 'A')) : c;
    return word_.letter(kind, &lower, 1, at, at + 1);
  }
  if (second_size_ != 0) end_run();
  if (kind == Class::joiner) return word_.joiner();
  word_.end();
  if (c == ']' && at_ < text_.size() && text_[at_] == '(') {
    if (auto const end = link_end(at_ + 1); end != std::string_view::npos) at_ = end;
  }
}

std::size_t Pass::link_end(std::size_t at) {
  constexpr std::size_t kLongestTarget = 2000;
  auto const find = [&](char c, std::size_t& known) {
    if (known < at) known = std::min(text_.find(c, at), text_.size());
  };
  find(')', next_close_);
  find('\n', next_line_);
  bool const is_link = next_close_ < next_line_ && next_close_ - at <= kLongestTarget;
  return is_link ? next_close_ + 1 : std::string_view::npos;
}

/// Characters that folding leaves alone, without asking the Unicode tables.
void Pass::plain(char32_t c, std::size_t begin, std::size_t end) {
  if ((c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF))
    return run_character(base::simplified(c), begin, end);
  if (c >= 0x3001 && c <= 0x3029 && c != 0x3005 && c != 0x3007) return end_all();  // 。、「」
  if (c >= 0xFF01 && c <= 0xFF5E) {                                                // wide forms of ASCII
    auto const narrow = static_cast<char>(c - 0xFF01 + '!');
    Class const kind = kAsciiClasses[static_cast<unsigned char>(narrow)];
    if (!is_word(kind) && kind != Class::joiner) return end_all();
    end_run();
    if (kind == Class::joiner) return word_.joiner();
    char const lower = kind == Class::upper ? static_cast<char>(narrow + ('a' - 'A')) : narrow;
    return word_.letter(kind, &lower, 1, begin, end);
  }
  other(c, begin, end);
}

void Pass::other(char32_t c, std::size_t begin, std::size_t end) {
  auto const folded = base::fold_character(c);
  if (folded.size == 1) {
    char32_t only = folded.characters[0];
    if (only >= 0x3040 && only <= 0x30FF) {
      auto const mark = voiced_mark(end);
      if (mark.valid) {
        if (char32_t const one = base::composed(only, mark.code_point); one != 0) only = one;
        at_ = end += mark.size;
      }
    }
    return put(only, begin, end);
  }
  for (std::size_t i = 0; i < folded.size; ++i) put(folded.characters[i], begin, end);
}

base::Decoded Pass::voiced_mark(std::size_t at) const {
  if (at >= text_.size()) return {};
  auto next = base::decode_utf8(text_, at);
  if (next.code_point == 0xFF9E) next.code_point = 0x3099;
  if (next.code_point == 0xFF9F) next.code_point = 0x309A;
  next.valid = next.valid && (next.code_point == 0x3099 || next.code_point == 0x309A);
  return next;
}

/// A character after folding.
void Pass::put(char32_t c, std::size_t begin, std::size_t end) {
  if (is_run(c)) return run_character(base::simplified(c), begin, end);
  end_run();
  if (c < 0x80) {
    Class const kind = kAsciiClasses[c];
    char const byte = static_cast<char>(c);
    if (is_word(kind)) return word_.letter(kind, &byte, 1, begin, end);
    return kind == Class::joiner ? word_.joiner() : word_.end();
  }
  auto const kind = base::character_kind(c);
  if (kind == base::CharacterKind::mark) {
    if (word_.in_word()) word_.mark(c, end);
    return;
  }
  if (kind == base::CharacterKind::other) return c == 0x2010 ? word_.joiner() : word_.end();
  std::string bytes;
  base::append_utf8(bytes, c);
  word_.letter(kind == base::CharacterKind::digit ? Class::digit : Class::lower, bytes.data(), bytes.size(), begin,
               end);
}

void Pass::run_character(char32_t c, std::size_t begin, std::size_t end) {
  word_.end();
  std::memmove(pair_, pair_ + first_size_, second_size_);
  first_size_ = second_size_;
  first_begin_ = second_begin_;
  second_begin_ = begin;
  run_end_ = end;
  char* const to = pair_ + first_size_;
  if (c < 0x10000) {
    to[0] = static_cast<char>(0xE0 | (c >> 12));
    to[1] = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    to[2] = static_cast<char>(0x80 | (c & 0x3F));
    second_size_ = 3;
  } else {
    to[0] = static_cast<char>(0xF0 | (c >> 18));
    to[1] = static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    to[2] = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    to[3] = static_cast<char>(0x80 | (c & 0x3F));
    second_size_ = 4;
  }
  if (first_size_ == 0) return;
  Token token;
  token.kind = TokenKind::pair;
  token.term = {pair_, first_size_ + second_size_};
  token.begin = first_begin_;
  token.end = end;
  token.position = position_++;
  sink_.token(token);
}

void Pass::end_run() {
  if (second_size_ == 0) return;
  Token token;
  token.kind = TokenKind::single;
  token.term = {pair_ + first_size_, second_size_};
  token.begin = second_begin_;
  token.end = run_end_;
  token.position = position_++;
  sink_.token(token);
  first_size_ = second_size_ = 0;
}

}  // namespace

Tokeniser::Tokeniser() : stems_(std::make_unique<StemCache>()) {}
Tokeniser::~Tokeniser() = default;
Tokeniser::Tokeniser(Tokeniser&&) noexcept = default;
Tokeniser& Tokeniser::operator=(Tokeniser&&) noexcept = default;

std::uint32_t Tokeniser::tokenise(std::string_view text, TokenSink& sink) { return Pass(text, sink, *stems_).run(); }

}  // namespace umsops::search
