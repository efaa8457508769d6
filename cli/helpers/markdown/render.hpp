// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace umsops::markdown_helper {

struct Rendered {
  std::string html;  ///< elements that Markdown makes, and no others; no attribute but those of links, tables and tasks
  std::string text;  ///< what a reader sees, a line for each paragraph
};

/// Where a link leads to that names an entry (`KB-000007`); empty: nowhere.
using EntryLink = std::function<std::string(std::string_view target)>;

/// GitHub's Markdown as HTML that can stand inside a page whose title is its first heading. HTML in it is shown as the
/// text that it is; links lead to http, https, mailto and to entries; pictures become links, since pages load nothing.
/// What is nested too deeply comes as one block of plain text.
Rendered render(std::string_view markdown, EntryLink const& entry_link);

}  // namespace umsops::markdown_helper
