// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace umsops::base {

/// Any text, as text between HTML tags and in quoted attributes: `& < > " '` are escaped; controls but newline and tab,
/// bidi controls and bytes that are no UTF-8 become U+FFFD.
std::string html_text(std::string_view text);

/// Whether a link may lead there: http, https or mailto, without blanks and controls. What a page shows as a link needs
/// `html_text` all the same.
bool is_safe_link(std::string_view url);

}  // namespace umsops::base
