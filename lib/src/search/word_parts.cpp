// SPDX-License-Identifier: Apache-2.0
#include "search/word_parts.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "base/characters.hpp"
#include "base/utf8.hpp"

namespace umsops::search {

void WordParts::letter(Class kind, char const* bytes, std::size_t size, std::size_t begin, std::size_t end) {
  if (!in_word()) {
    origin_ = begin;
    last_ = kind;
    begin_part(0, begin);
  } else if (kind != last_) {
    bool const digits = (kind == Class::digit) != (last_ == Class::digit);
    if (digits || kind == Class::upper) {
      begin_part(size_, begin);
    } else if (size_ - last_size_ > cut_[std::min(cuts_, cut_.size()) - 1].begin) {
      begin_part(size_ - last_size_, last_origin_);  // a small letter behind several capitals: HTTP|Server
    }
    last_ = kind;
  }
  origin_end_ = end;
  if (size_ + size > word_.size() || too_long_) {
    too_long_ = true;
    return;
  }
  letters_ = letters_ && kind != Class::digit && size == 1;
  for (std::size_t i = 0; i < size; ++i) word_[size_ + i] = bytes[i];
  size_ += size;
  last_size_ = size;
  last_origin_ = begin;
}

void WordParts::letters(Class kind, std::string_view bytes, std::size_t begin) {
  letter(kind, bytes.data(), 1, begin, begin + 1);
  if (bytes.size() == 1) return;
  origin_end_ = begin + bytes.size();
  std::size_t const room = too_long_ ? 0 : std::min(bytes.size() - 1, word_.size() - size_);
  std::copy_n(bytes.data() + 1, room, word_.data() + size_);
  size_ += room;
  too_long_ = too_long_ || room < bytes.size() - 1;
  if (room != 0) last_origin_ = begin + room;
}

void WordParts::mark(char32_t mark, std::size_t end) {
  origin_end_ = end;
  if (too_long_ || last_size_ == 0) return;
  letters_ = false;
  std::string_view const last(word_.data() + size_ - last_size_, last_size_);
  std::string bytes;
  if (char32_t const one = base::composed(base::decode_utf8(last, 0).code_point, mark); one != 0) {
    base::append_utf8(bytes, base::fold_character(one).characters[0]);
  } else {
    bytes = last;
    base::append_utf8(bytes, mark);
  }
  std::size_t const at = size_ - last_size_;
  if (at + bytes.size() > word_.size()) {
    too_long_ = true;
    return;
  }
  std::copy(bytes.begin(), bytes.end(), word_.data() + at);
  size_ = at + bytes.size();
  last_size_ = 0;  // one mark is composed; more of them are passed over
}

void WordParts::emit(TokenKind kind, std::string_view term, bool letters, std::size_t begin, std::size_t end) {
  Token token;
  token.kind = kind;
  token.term = letters ? stems_.stem(term) : term;
  token.begin = begin;
  token.end = end;
  token.position = position_;
  sink_.token(token);
}

void WordParts::end_word() {
  std::string_view const word(word_.data(), size_);
  emit(TokenKind::word, word, letters_ && !too_long_, origin_, origin_end_);
  if (cuts_ > 1 && cuts_ <= cut_.size() && !too_long_) {
    for (std::size_t i = 0; i < cuts_; ++i) {
      std::size_t const stop = i + 1 < cuts_ ? cut_[i + 1].begin : size_;
      auto const part = word.substr(cut_[i].begin, stop - cut_[i].begin);
      bool const letters = std::all_of(part.begin(), part.end(), [](char c) { return c >= 'a' && c <= 'z'; });
      emit(TokenKind::part, part, letters, cut_[i].origin, i + 1 < cuts_ ? cut_[i + 1].origin : origin_end_);
    }
  }
  ++position_;
  if (parts_++ == 0) {
    compound_origin_ = origin_;
    joined_[0] = '=';
    joined_size_ = 1;
  }
  auto const room = std::min(size_, joined_.size() - joined_size_);
  std::copy_n(word_.data(), room, joined_.data() + joined_size_);
  joined_size_ += room;
  compound_end_ = origin_end_;
  size_ = last_size_ = origin_end_ = cuts_ = joiners_ = 0;
  letters_ = true;
  too_long_ = false;
}

void WordParts::end_compound() {
  if (parts_ >= 2 && parts_ <= kMostParts) {
    --position_;  // stands where its last word does
    emit(TokenKind::compound, {joined_.data(), joined_size_}, false, compound_origin_, compound_end_);
    ++position_;
  }
  parts_ = joined_size_ = joiners_ = 0;
}

}  // namespace umsops::search
