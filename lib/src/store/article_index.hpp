// SPDX-License-Identifier: Apache-2.0
// Articles in the search index. What is written here is part of the change of the article itself, and nothing of it
// enters the article's hash: the index can be made anew at any time.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "store/store.hpp"
#include "umsops/model/article.hpp"
#include "umsops/search/search.hpp"

namespace umsops::store {

/// What of an article is indexed: its title, its text with its tags, and what lists of answers are narrowed by.
struct IndexedText {
  std::string title, body;
  std::vector<std::string> filters;  ///< `kind=faq`, `category=mfa`, ...
  search::Document document() const { return {title, body, filters}; }
  bool operator==(IndexedText const&) const = default;
};
IndexedText indexed_text(model::Article const& article);
/// Those that are ARCHIVED are not.
bool is_indexed(model::Article const& article);
/// The names that filters of articles have, and the one of a field's value.
std::span<std::string_view const> filter_fields();
std::string filter_of(std::string_view field, std::string_view value);

/// Brings the index from one state of the article to the other; null: there was none. The article is stored already.
void reindex(WriteTx& tx, model::Article const* before, model::Article const& after);
/// Makes the index from all articles, where there is none; how many are in it.
std::int64_t build_article_index(WriteTx& tx);
/// Holds the index against the articles; one line for each thing that is wrong, at most a hundred.
void check_article_index(Connection& db, std::function<void(std::string const& problem)> const& report);

/// Articles by their numbers in the index.
class ArticleTexts : public search::Texts {
 public:
  explicit ArticleTexts(Connection& db) : db_(db) {}
  std::vector<search::FoundText> texts(std::span<std::uint32_t const> documents) override;
  /// That of a number which was asked for, or null.
  model::Article const* find(std::uint32_t document) const;

 private:
  Connection& db_;
  std::vector<std::pair<std::uint32_t, model::Article>> read_;
};

}  // namespace umsops::store
