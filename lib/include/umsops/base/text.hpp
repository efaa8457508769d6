// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace umsops::base {

/// A defect of a text from outside, and where (byte offset, from 0).
struct TextProblem {
  std::size_t offset = 0;
  std::string what;  ///< "invalid UTF-8", "NUL", "control character U+001B"
};

enum class TextShape { line, block };  ///< one line (no newline, no tab), or lines of text

/// The check of all text from outside: valid UTF-8, no NUL, no control characters except newline and tab in a block.
/// U+FEFF at the start and CR before LF are refused too: readers remove them before.
std::optional<TextProblem> check_text(std::string_view text, TextShape shape);

/// The same check and a limit of `longest` code points (0: none), as a message: "NUL at byte 3", "longer than 100
/// characters". Nullopt: the text is fine.
std::optional<std::string> text_fault(std::string_view text, TextShape shape, std::size_t longest);

/// Number of code points of valid UTF-8.
std::size_t code_points(std::string_view text);

/// Without the blanks and line ends around it.
std::string_view trimmed(std::string_view text, std::string_view blanks = " \t\r\n");
/// The beginning of valid UTF-8, whole characters: at most so many bytes, or so many code points.
std::string_view first_bytes(std::string_view text, std::size_t most);
std::string_view first_code_points(std::string_view text, std::size_t most);
/// A text of at most so many code points; where it was longer the last one is `…`.
std::string shortened(std::string_view text, std::size_t most);

/// Line and column (code points, from 1) of a byte offset.
struct LineColumn {
  std::size_t line = 1, column = 1;
};
LineColumn line_column(std::string_view text, std::size_t offset);

/// Unicode case folding plus compatibility composition (NFKC): equal for texts that people call equal.
std::string fold(std::string_view text);
/// Whether the text, folded, has `folded` in it. Linear in both.
bool holds_folded(std::string_view text, std::string_view folded);
/// Full-width letters, digits, signs and blanks as the ASCII ones that they stand for: ＯＰＥＮ, Ｔ－１, ：.
std::string narrow(std::string_view text);

/// How a person is written wherever people are stored and compared: a mail address in small letters, any other name as
/// it is. RFC 5321 (2.4) lets a server tell mailboxes apart by the case of their local part; none in use does.
std::string person_name(std::string_view text);
/// Whether both name the same person.
bool same_person(std::string_view a, std::string_view b);

/// A folded text that remembers where each of its bytes came from. Runs of blanks are one blank.
struct FoldedText {
  std::string text;
  std::vector<std::uint32_t> origin;  ///< byte offset in the original; one more entry for its end
};
FoldedText fold_with_origin(std::string_view text);

/// Makes any text safe for a terminal: C0, C1, DEL, ESC, bidi and zero-width controls become `\x1b`, `\u202e`; invalid
/// bytes `\xff`. Newline and tab stay when `shape` is block and become `\n`, `\t` when it is line.
std::string terminal_text(std::string_view text, TextShape shape);

/// Nearest of `candidates` within a Damerau-Levenshtein distance of 2 (1 for words of up to 3 letters), case folded.
template <class Range>
std::string nearest(std::string_view word, Range const& candidates);
/// Distance capped at `limit + 1`.
int edit_distance(std::string_view a, std::string_view b, int limit);

template <class Range>
std::string nearest(std::string_view word, Range const& candidates) {
  std::string best;
  int best_distance = word.size() <= 3 ? 2 : 3;
  for (auto const& candidate : candidates) {
    int const d = edit_distance(word, std::string_view(candidate), best_distance - 1);
    if (d < best_distance) {
      best_distance = d;
      best = std::string(candidate);
    }
  }
  return best;
}

}  // namespace umsops::base
