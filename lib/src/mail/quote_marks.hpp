// SPDX-License-Identifier: Apache-2.0
// The lines by which mail programs mark that somebody else's message follows.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace umsops::mail {

using Lines = std::vector<std::string_view>;
Lines lines_of(std::string_view text);

bool is_blank(std::string_view line);
/// `> x`
bool is_quoted(std::string_view line);
/// A rule such as Outlook draws above what it quotes: dashes or underscores alone.
bool is_rule(std::string_view line);

/// `-----Original Message-----`: an older message follows.
bool is_reply_banner(std::string_view line);
/// `---------- Forwarded message ---------`, `Begin forwarded message:`: what follows is what the writer sends.
bool is_forward_banner(std::string_view line);

/// The line behind the fields of a quoted message that begin here, `From: x`, `*Sent:* y`, `收件人：z`, one of who sent
/// it and two others at least. Nullopt: none do.
std::optional<std::size_t> behind_fields(Lines const& lines, std::size_t at);
/// The line behind those, up to three, that begin here and say who wrote what follows: `On 23 Nov 2026, Li Na wrote:`.
/// Nullopt: none do.
std::optional<std::size_t> behind_attribution(Lines const& lines, std::size_t at);

}  // namespace umsops::mail
