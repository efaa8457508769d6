// SPDX-License-Identifier: Apache-2.0
// Where a person is named in what others wrote, and the text without that.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace umsops::model {

/// What stands in the place of a name, and of a text that was erased as a whole.
inline constexpr std::string_view kErasedText = "[erased]";

/// What one person is called: accounts, addresses, numbers, the name that people read. In a text a name is found as a
/// word of its own, whatever its case and width; a phone number whatever stands between its digits. Names too short to
/// be told from other words (less than two Chinese characters, or three others) are found only where they stand alone.
class PersonNames {
 public:
  PersonNames() = default;
  explicit PersonNames(std::vector<std::string> const& said);

  bool empty() const { return said_.empty(); }
  /// As they were given, each once.
  std::vector<std::string> const& said() const { return said_; }
  /// Those of them that are found only where they stand alone.
  std::vector<std::string> short_ones() const;

  /// Whether the text is one of the names, as `lookup_name` writes them, and nothing else.
  bool is(std::string_view text) const;
  /// Whether it is or has one. Any bytes may be asked about.
  bool in(std::string_view text) const;
  /// The text with `kErasedText` for each name in it.
  std::string without(std::string_view text) const;
  /// What stands around the first of them: at most so many characters on either side. The whole text where none is.
  std::string passage(std::string_view text, std::size_t around) const;
  /// Adds to `counts` (one for each of `said`) how often each name is in the text.
  void count(std::string_view text, std::vector<std::size_t>& counts) const;

 private:
  struct Pattern {
    std::u32string folded;  ///< without what parts the digits of a number
    std::size_t name = 0;   ///< index in `said_`
    bool digits = false;
  };
  struct Match {
    std::size_t begin = 0, end = 0, name = 0;
  };
  void add_pattern(std::string_view text, std::size_t name, bool digits);
  Match next(std::string_view text, std::size_t from) const;
  std::size_t end_of(Pattern const& pattern, std::string_view text, std::size_t at) const;

  std::vector<std::string> said_, lookups_;
  std::vector<bool> short_;
  std::vector<Pattern> patterns_;      ///< the longest first
  std::array<bool, 256> may_begin_{};  ///< the first byte of a match
};

}  // namespace umsops::model
