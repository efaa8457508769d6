// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "search/character_class.hpp"
#include "search/stem_cache.hpp"
#include "umsops/search/token.hpp"

namespace umsops::search {

/// Letters and digits on their way to tokens: the word, its parts, the compound that it belongs to.
class WordParts {
 public:
  WordParts(TokenSink& sink, StemCache& stems, std::uint32_t& position)
      : sink_(sink), stems_(stems), position_(position) {}

  bool in_word() const { return origin_end_ != 0; }
  /// The next character of the word: its bytes, folded, and where they came from.
  void letter(Class kind, char const* bytes, std::size_t size, std::size_t begin, std::size_t end);
  /// Some of them of one kind, a byte each.
  void letters(Class kind, std::string_view bytes, std::size_t begin);
  /// A mark upon the last letter.
  void mark(char32_t mark, std::size_t end);
  /// Between two parts of a compound.
  void joiner() {
    if (in_word()) end_word();
    if (++joiners_ > kMostJoiners) end();
  }
  void end() {
    if (in_word()) end_word();
    if (parts_ != 0) end_compound();
  }

 private:
  static constexpr std::size_t kMostParts = 8, kMostJoiners = 3;  // "://" is the longest that joins
  struct Part {
    std::size_t begin, origin;
  };

  void begin_part(std::size_t at, std::size_t origin) {
    if (cuts_ < cut_.size()) cut_[cuts_] = {at, origin};
    ++cuts_;
  }
  void end_word();
  void end_compound();
  void emit(TokenKind kind, std::string_view term, bool letters, std::size_t begin, std::size_t end);

  TokenSink& sink_;
  StemCache& stems_;
  std::uint32_t& position_;

  std::array<char, kLongestTerm> word_{};
  std::size_t size_ = 0, last_size_ = 0;  ///< of the word, of its last character
  std::size_t origin_ = 0, origin_end_ = 0, last_origin_ = 0;
  Class last_ = Class::other;
  bool letters_ = true, too_long_ = false;  ///< all are a to z
  std::array<Part, kMostParts> cut_{};
  std::size_t cuts_ = 0;

  std::array<char, kLongestTerm> joined_{};
  std::size_t joined_size_ = 0, parts_ = 0, joiners_ = 0, compound_origin_ = 0, compound_end_ = 0;
};

}  // namespace umsops::search
