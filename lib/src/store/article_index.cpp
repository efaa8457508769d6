// SPDX-License-Identifier: Apache-2.0
#include "store/article_index.hpp"

#include <algorithm>

#include "store/articles.hpp"
#include "store/record_ref.hpp"
#include "store/record_row.hpp"
#include "store/search_index.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/progress.hpp"

namespace umsops::store {
namespace {

using model::Article;

constexpr std::string_view kFilters[] = {"kind",       "category", "language", "difficulty",
                                         "visibility", "status",   "tags",     "incident_type"};
constexpr std::size_t kAtOnce = 16;  // texts a statement

/// So that a search never has to read more of them: a fold costs some milliseconds once in so many changes.
bool many_pending(Connection& db) {
  return pending_rows(db, kArticleSpace) >= static_cast<std::int64_t>(search::kPendingRows);
}

}  // namespace

IndexedText indexed_text(Article const& article) {
  IndexedText out{article.title, article.content, {}};
  for (auto const& tag : article.tags)
    out.body.append(out.body.empty() || &tag != &article.tags[0] ? " " : "\n\n") += tag;
  for (auto const name : kFilters) {
    auto const value = model::get(article, model::article_type().require(name));
    if (auto const* words = value.get_if<base::Value::List>()) {
      for (auto const& word : *words) out.filters.push_back(filter_of(name, word.text()));
    } else if (!value.is_null()) {
      out.filters.push_back(filter_of(name, value.text()));
    }
  }
  return out;
}

bool is_indexed(Article const& article) { return article.status != model::ArticleStatus::archived; }

std::span<std::string_view const> filter_fields() { return kFilters; }
std::string filter_of(std::string_view field, std::string_view value) {
  return std::string(field).append("=").append(value);
}

void reindex(WriteTx& tx, Article const* before, Article const& after) {
  bool const was = before && is_indexed(*before), is = is_indexed(after);
  auto const old_text = was ? indexed_text(*before) : IndexedText(), text = is ? indexed_text(after) : IndexedText();
  if (was == is && old_text == text) return;
  tx.take_turn();
  auto& db = tx.connection();
  std::int64_t const n = in_hand_or_stored(tx, model::ref_of(after));
  SearchIndex index(db, kArticleSpace);
  search::Indexer indexer(index);
  if (auto const known = was ? document_of(db, kArticleSpace, n) : 0; known != 0) {
    indexer.remove(known, old_text.document());
    forget_document(db, kArticleSpace, known);
  }
  if (is) remember_document(db, kArticleSpace, indexer.add(text.document()), n);
  if (many_pending(db)) indexer.tidy();
}

std::int64_t build_article_index(WriteTx& tx) {
  auto& db = tx.connection();
  MeanLengths means;
  visit_articles(db, [&](std::int64_t, Article&& article) {
    if (is_indexed(article) && means.wants_more()) means.add(indexed_text(article).document());
  });
  SearchIndex index(db, kArticleSpace);
  search::IndexBuilder builder(index, means.pivots());
  std::int64_t count = 0;
  visit_articles(db, [&](std::int64_t n, Article&& article) {
    base::progressed();
    if (!is_indexed(article)) return;
    remember_document(db, kArticleSpace, builder.add(indexed_text(article).document()), n);
    ++count;
  });
  builder.finish();
  return count;
}

void check_article_index(Connection& db, std::function<void(std::string const& problem)> const& report) {
  SearchIndex index(db, kArticleSpace);
  search::IndexCheck check(index);
  visit_articles(db, [&](std::int64_t n, Article&& article) {
    auto const number = document_of(db, kArticleSpace, n);
    if ((number != 0) != is_indexed(article)) {
      report(article.kb_number + (number != 0 ? " is indexed, and is ARCHIVED" : " is not indexed"));
    } else if (number != 0) {
      check.document(number, indexed_text(article).document());
    }
  });
  for (auto const& problem : check.problems()) report(problem);
}

std::vector<search::FoundText> ArticleTexts::texts(std::span<std::uint32_t const> documents) {
  static std::string const sql = "SELECT d.document, " + column_list(article_table()) +
                                 " FROM search_document AS d JOIN knowledge_base AS k ON k.n = d.record WHERE d.noun = "
                                 "'kb' AND d.document IN (" +
                                 parameter_list(kAtOnce) + ")";
  std::vector<search::FoundText> out;
  for (std::size_t at = 0; at < documents.size(); at += kAtOnce) {
    Reading rows(db_.prepare(sql));
    for (std::size_t i = 0; i < kAtOnce; ++i) {  // the last one again where there are no more
      rows->bind(static_cast<int>(i + 1), kArticleSpace.begin() + documents[std::min(at + i, documents.size() - 1)]);
    }
    while (rows->step()) {
      auto const document = static_cast<std::uint32_t>(rows->integer(0) - kArticleSpace.begin());
      auto article = to_article(read_columns(article_table(), *rows, 1));
      auto text = indexed_text(article);
      out.push_back({document, std::move(text.title), std::move(text.body), model::usefulness(article)});
      read_.emplace_back(document, std::move(article));
    }
  }
  return out;
}

Article const* ArticleTexts::find(std::uint32_t document) const {
  auto const found = std::find_if(read_.begin(), read_.end(), [&](auto const& each) { return each.first == document; });
  return found == read_.end() ? nullptr : &found->second;
}

}  // namespace umsops::store
