// SPDX-License-Identifier: Apache-2.0
#include "desk/article_suggest.hpp"

#include <algorithm>

#include "store/article_index.hpp"
#include "store/search_index.hpp"
#include "umsops/base/error.hpp"

namespace umsops::desk {
namespace {

constexpr std::size_t kMost = 3;
constexpr std::size_t kTextsRead = 8;  // each costs a tenth of a millisecond
/// A hint may be wrong more often than an answer, but not so often that nobody reads it.
constexpr double kLeastConfidence = 0.2, kLeastBesideBest = 0.6;

search::Query query_of(std::string const& title, bool public_only) {
  auto query = search::parse_query(title);
  query.filters.push_back({store::filter_of("status", "PUBLISHED")});
  if (public_only) query.filters.push_back({store::filter_of("visibility", "public")});
  return query;
}

std::vector<Suggestion> look_up(store::Store& store, std::string const& title, bool public_only) {
  store::ReadTx const view(store);
  auto& db = store.connection();
  store::SearchIndex index(db, store::kArticleSpace);
  store::ArticleTexts texts(db);
  search::SearchOptions options;
  options.limit = kMost;
  options.candidates = kTextsRead;
  options.snippet_columns = 0;
  auto const found = search::search(index, texts, query_of(title, public_only), options);
  std::vector<Suggestion> out;
  for (auto const& hit : found.hits) {
    double const confidence =
        found.asked > 0 ? std::clamp(hit.terms / found.asked * (1 + 0.25 * hit.passage), 0.0, 1.0) : 0;
    if (confidence < kLeastConfidence || hit.score < kLeastBesideBest * found.hits.front().score) continue;
    auto const& article = *texts.find(hit.document);
    out.push_back({article.kb_number, article.title, article.kind, article.visibility, confidence});
  }
  return out;
}

}  // namespace

std::vector<Suggestion> suggest_articles(store::Store& store, std::string const& title, bool public_only) {
  try {
    return look_up(store, title, public_only);
  } catch (base::Error const& error) {
    if (error.kind() == base::ErrorKind::interrupted) throw;
    return {};  // the record is stored, and `db check` tells what is wrong with the index
  }
}

}  // namespace umsops::desk
