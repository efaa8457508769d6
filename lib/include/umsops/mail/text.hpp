// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "umsops/base/text.hpp"

namespace umsops::mail {

/// Text that passes the desk's door (`base::check_text`): invalid UTF-8 and control characters become U+FFFD, line ends
/// LF (in one line: blanks), a byte order mark goes away.
std::string sound_text(std::string_view text, base::TextShape shape);

/// At most `most` bytes, cut between characters.
std::string_view first_bytes(std::string_view text, std::size_t most);

/// HTML as plain text: paragraphs, lists, quotes and link targets stay, scripts and styles go away. Takes time in
/// proportion to its length, whatever is in it; nothing is fetched.
std::string plain_text_of_html(std::string_view html);

/// The subject without what replying and forwarding put around it: `Re: [Fwd: x]`, `回复：x`, `x (fwd)` are `x`.
std::string bare_subject(std::string_view subject);

/// What the writer of a reply added: without the quoted message below or above it. Where quote and answer take turns
/// the whole text stays, as it does when nothing else would be left.
std::string new_text(std::string_view text);

}  // namespace umsops::mail
