// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "umsops/model/article.hpp"

namespace umsops::desk {

/// An article that may answer what a new record is about. Nothing is stored of it: what the article was worth is told
/// by `resolve --knowledge` and `kb used`.
struct Suggestion {
  std::string kb_number, title;
  model::ArticleKind kind{};
  model::Visibility visibility{};
  double confidence = 0;  ///< 0 to 1: the share of what was asked, by the rarity of its words, that it is full of
};

}  // namespace umsops::desk
