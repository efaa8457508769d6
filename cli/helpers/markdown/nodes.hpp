// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/helpers/markdown/render.hpp"

struct cmark_node;

namespace umsops::markdown_helper {

/// Whether blocks and inlines are nested to more than so many levels.
bool deeper_than(cmark_node* document, int levels);

/// HTML becomes text, pictures become links, links that lead nowhere safe become their text; headings go one level
/// down; no blank comes between Chinese characters where a line of the source ends.
void make_safe(cmark_node* document, EntryLink const& entry_link);

/// What a reader sees: blocks and cells are a line each.
std::string text_of(cmark_node* document);

}  // namespace umsops::markdown_helper
