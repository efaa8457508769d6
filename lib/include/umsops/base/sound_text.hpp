// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "umsops/base/text.hpp"

/// What other programs wrote, made fit for the store.
namespace umsops::base {

/// What stands in the place of what cannot be shown: U+FFFD.
inline constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// Text that `check_text` accepts: invalid UTF-8 and control characters become U+FFFD, line ends LF (blanks in a line),
/// a byte order mark is removed.
std::string sound_text(std::string_view text, TextShape shape);

/// The output of a program as a person saw it, and what was done to it.
struct Shown {
  std::string text;
  bool drawn = false;           ///< escape sequences (colours, cursor; ECMA-48), or lines that were written over
  std::int64_t replaced = 0;    ///< bytes and controls that became U+FFFD
  bool cut = false;             ///< the beginning was left out
  std::int64_t lines_left = 0;  ///< line ends in it
};

/// The output of a program, as a build log holds it: escape sequences are removed, of a line that was written over (CR)
/// the last state stays, what cannot be shown becomes U+FFFD. At most `most` code points: of a longer text the end
/// stays, whole lines of it where there are such, behind a line that says how many are missing. With `cut` the
/// reader left out the beginning already, `lines_before` line ends of it.
Shown shown_text(std::string_view output, std::size_t most, bool cut = false, std::int64_t lines_before = 0);

}  // namespace umsops::base
