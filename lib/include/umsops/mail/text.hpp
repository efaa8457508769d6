// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "umsops/base/text.hpp"

namespace umsops::mail {

/// Text that `base::check_text` accepts: invalid UTF-8 and control characters become U+FFFD, line ends LF (blanks in a
/// line), a byte order mark is removed.
std::string sound_text(std::string_view text, base::TextShape shape);

/// At most `most` bytes, cut between characters.
std::string_view first_bytes(std::string_view text, std::size_t most);

/// HTML as plain text: paragraphs, lists, quotes and link targets stay, scripts and styles are removed. Linear time for
/// any input; fetches nothing.
std::string plain_text_of_html(std::string_view html);

/// The subject without the marks of replies and forwards: `Re: [Fwd: x]`, `回复：x`, `x (fwd)` are `x`.
std::string bare_subject(std::string_view subject);

/// The new text of a reply, without the quoted message below or above it. The whole text stays when quotes and answers
/// alternate, or when nothing else would remain.
std::string new_text(std::string_view text);

}  // namespace umsops::mail
