// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// Search in Chinese, English and mixed text: what a text's terms are, an index of them in sorted pages, and answers in
/// order of worth. All of it is functions of values; where pages lie is the business of who implements `IndexTables`.
namespace umsops::search {

/// Raised whenever a text gets other terms than before: an index of another version has to be made anew.
constexpr int kTokenVersion = 1;
/// Longer words count by their beginning.
constexpr std::size_t kLongestTerm = 64;

enum class TokenKind : std::uint8_t {
  pair,      ///< two neighbours in a run of Chinese, Japanese or Korean characters
  single,    ///< the last character of such a run: with the pairs, each character begins one term
  word,      ///< letters and digits up to the next mark, blank or change of script; English ones by their stem
  part,      ///< of a word such as `CrashLoopBackOff` or `x509`, which comes before its parts
  compound,  ///< `=` and the letters and digits of words joined by `_ - . / : @ + # \`: `ORA_12154` is `=ora12154`
};

struct Token {
  TokenKind kind = TokenKind::word;
  std::string_view term;  ///< lower case, compatibility forms and traditional characters folded; the sink's no longer
  std::size_t begin = 0, end = 0;  ///< the bytes of the text that it came from
  std::uint32_t position = 0;      ///< counts pairs, single characters and words; parts stand where their word does
};

class TokenSink {
 public:
  virtual ~TokenSink() = default;
  virtual void token(Token const& token) = 0;
};

class StemCache;

/// Cuts texts into tokens, in one pass with bounded memory, whatever they hold: invalid UTF-8 separates words. Of a
/// Markdown link the text counts, its target does not. Keeps the stems of words it met: one for many texts, of one
/// thread.
class Tokeniser {
 public:
  Tokeniser();
  ~Tokeniser();
  Tokeniser(Tokeniser&&) noexcept;
  Tokeniser& operator=(Tokeniser&&) noexcept;

  /// Returns the number of positions: the length of the text for ranking.
  std::uint32_t tokenise(std::string_view text, TokenSink& sink);

 private:
  std::unique_ptr<StemCache> stems_;
};

/// The stem of an English word of letters a to z (Porter 2, snowballstem.org); any other word as it is.
std::string stem(std::string_view word);

}  // namespace umsops::search
