// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace umsops::learn {

/// Stands in every model: weights mean nothing to a program that reads texts otherwise. Grows with any change of what
/// `Extractor` finds.
inline constexpr std::uint32_t kFeatureVersion = 1;
/// Bytes of title and body that are looked at: what a ticket is about stands in its beginning.
inline constexpr std::size_t kLongestField = 2000;

/// What is to be judged. Any bytes; what is no UTF-8 separates words.
struct Text {
  std::string_view title, body;
};

enum class Kind : std::uint8_t {
  word = 1,
  word_pair,   ///< adjacent words
  characters,  ///< 2 to 4 characters of a word, with marks for its ends
  han,         ///< of scripts without blanks between words: one, two, three characters of a run
  han_pair,
  han_triple,
  join,        ///< a word and the characters that it touches
  title_word,  ///< in the title
  title_pair,
  shape,  ///< punctuation, length, the first word
};

/// Kinds are weighed in three blocks, so that a text of many characters has no more weight than one of few words.
enum class Block : std::uint8_t { words, characters, han };
inline constexpr std::size_t kBlocks = 3;

/// The kind is in the six high bits of a key, the rest is a hash.
constexpr Kind kind_of(std::uint64_t key) { return static_cast<Kind>(key >> 58); }
constexpr Block block_of(Kind kind) {
  switch (kind) {
    case Kind::characters:
      return Block::characters;
    case Kind::han:
    case Kind::han_pair:
    case Kind::han_triple:
    case Kind::title_pair:
      return Block::han;
    default:
      return Block::words;
  }
}

struct Feature {
  std::uint64_t key = 0;
  std::uint32_t count = 0;  ///< how often the text has it
};

/// Is told of each occurrence as it is found.
class Observer {
 public:
  virtual ~Observer() = default;
  /// `shown`: the word, words or characters that it lies in, folded, UTF-8.
  virtual void occurs(std::uint64_t key, std::string_view shown) = 0;
};

/// Finds the features of texts. Keeps its memory from text to text; not for several threads at once.
class Extractor {
 public:
  Extractor();
  ~Extractor();
  Extractor(Extractor&&) noexcept;
  Extractor& operator=(Extractor&&) noexcept;

  /// Takes the place of what was found before.
  void extract(Text const& text, Observer* observer = nullptr);
  /// Each once, in the order of first occurrence.
  std::span<Feature const> features() const;
  /// How much of the text is of scripts without blanks, 0 to 1: 1.7 characters count as a word.
  double han_share() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The text with case and width folded and its words joined by single blanks: equal for texts that differ in nothing
/// that is looked at.
std::uint64_t text_digest(Text const& text);

}  // namespace umsops::learn
