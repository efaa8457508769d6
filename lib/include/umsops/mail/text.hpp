// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/sound_text.hpp"

namespace umsops::mail {

using base::kReplacement;
using base::sound_text;
using base::trimmed;
/// What of it a field of one line may hold: sound, at most `most` bytes, trimmed.
std::string sound_line(std::string_view text, std::size_t most);

/// Whether nobody could see anything of it: only blanks, characters without a shape, and `&nbsp;` and its like.
bool shows_nothing(std::string_view text);

/// HTML as plain text: paragraphs, lists, quotes and link targets stay, scripts and styles are removed. Linear time for
/// any input; fetches nothing.
std::string plain_text_of_html(std::string_view html);

/// The subject without the marks of replies and forwards: `Re: [Fwd: x]`, `回复：x`, `x (fwd)` are `x`.
std::string bare_subject(std::string_view subject);

/// Whether the subject says that something is forwarded: `Fwd: x`, `转发：x`.
bool is_forward(std::string_view subject);

/// By what a quoted message is known as one of the talk that it answers.
struct Talk {
  std::vector<std::string> addresses;  ///< of the desk
  std::vector<std::string> numbers;    ///< of the ticket, as subjects have it
  std::vector<std::string> texts;      ///< what was said so far
};

/// The new text of a reply, without the quoted message below or above it. Only what is marked as a quote (lines with
/// `>` below `... wrote:`, what is below `-----Original Message-----`) or belongs to the talk is cut: text that others
/// wrote is often what the desk asked for. A forwarded message stays, as does what follows a quote without a mark. The
/// whole text stays when quotes and answers alternate, or when nothing else would remain.
std::string new_text(std::string_view text, Talk const& talk);

}  // namespace umsops::mail
