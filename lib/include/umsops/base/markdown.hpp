// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace umsops::base {

/// Anybody's text as text in Markdown: nothing in it is markup or HTML, and it is one line (line ends are `<br>`).
/// Control characters are made visible, as in `terminal_text`.
std::string markdown_text(std::string_view text);

}  // namespace umsops::base
