// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "umsops/model/article.hpp"

/// An article as a Markdown file: its fields in YAML between lines of `---`, then its text.
namespace umsops::model {

/// The fields that a file says, in the order in which they stand there, `content` last. What readers did, who wrote it
/// and when stays with the desk.
std::span<std::string_view const> file_fields();
/// The name that a field has in files of that kind: `question` for the title of an FAQ.
std::string_view file_name_of(std::string_view field, ArticleKind kind);
/// What an article of that kind is that says nothing of its state: PUBLISHED for an FAQ.
ArticleStatus usual_status(ArticleKind kind);

/// The front matter in its usual form, with the lines of `---` and the empty line behind them; with its number where a
/// file is to be known by that.
std::string file_head(Article const& article, bool with_number);
/// The text behind any front matter.
std::string file_body(Article const& article);
/// Hash of what a file of it says, however it is written.
std::string file_digest(Article const& article);

}  // namespace umsops::model
