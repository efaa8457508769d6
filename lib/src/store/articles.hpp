// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "store/record_table.hpp"
#include "umsops/model/article.hpp"

namespace umsops::store {

/// `knowledge_base`.
RecordTable const& article_table();
/// Throws `store.damaged` when the columns are no article.
model::Article to_article(Columns const& columns);

// `store/record_table.hpp` for articles.
std::string insert_article(WriteTx& tx, model::Article const& article, NewRecord const& brings = {});
/// Stores what is neither hashed nor in the history: what readers did, where a folder keeps it. No event, no revision.
void update_article_counts(WriteTx& tx, model::Article const& article);
std::optional<model::Article> article_at(Connection& db, std::int64_t n);
std::optional<model::Article> find_article_by_id(Connection& db, std::string_view id);
Rest list_articles(Connection& db, query::Query const& query, std::function<bool(model::Article const&)> const& visit);
/// All of them by the row key, texts included.
void visit_articles(Connection& db, std::function<void(std::int64_t n, model::Article&&)> const& visit);

}  // namespace umsops::store
