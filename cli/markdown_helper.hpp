// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace umsops::cli {

struct RenderedText {
  std::string html;    ///< safe to stand in a page
  std::string text;    ///< what a reader sees
  bool plain = false;  ///< it cannot be parsed in sensible time, and is shown as it is written
};

/// Markdown as the helper program `umsops-markdown` reads it, in the order given. `links`: where a link to an entry
/// leads, by its target (`KB-000007`); those to others become text. Throws `markdown.helper` when the program is not
/// there, and when many texts end it.
std::vector<RenderedText> render_markdown(std::vector<std::string> const& texts,
                                          std::vector<std::pair<std::string, std::string>> const& links);

}  // namespace umsops::cli
