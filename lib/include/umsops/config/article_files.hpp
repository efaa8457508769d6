// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "umsops/model/article.hpp"

namespace umsops::config {

/// An article as a file has it.
struct ArticleFile {
  model::Article article;  ///< with its number, where the file says one
  std::string head;        ///< the front matter as written, all that stands before the text
};

/// Reads Markdown with front matter (see umsops-article(5)). CR LF is read as LF. Throws `yaml.invalid` or
/// `config.invalid` with file, line and column.
ArticleFile read_article_text(std::string_view text, std::string_view file);
/// The same of a file of at most 1 MiB. Throws `file.unreadable`, `input.too_large`.
ArticleFile read_article(std::string const& file);

}  // namespace umsops::config
