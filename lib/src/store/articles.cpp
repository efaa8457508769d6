// SPDX-License-Identifier: Apache-2.0
#include "store/articles.hpp"

#include "store/record_row.hpp"

namespace umsops::store {
namespace {

/// So many rows are in memory at a time, where what is made of them is written in between.
constexpr std::int64_t kPortion = 200;

}  // namespace

RecordTable const& article_table() {
  static RecordTable const kTable = RecordTable::made({.type = model::article_type(),
                                                       .name = "knowledge_base",
                                                       .not_found = base::errors::kb_not_found,
                                                       .created = "created_at",
                                                       .keyed = true,
                                                       .derives = true,
                                                       .newest_first = true});
  return kTable;
}

model::Article to_article(Columns const& columns) {
  model::Article article;
  each_field(article_table(), columns,
             [&](std::size_t field, base::Value const& value) { model::set(article, field, value); });
  return article;
}

std::string insert_article(WriteTx& tx, model::Article const& article, NewRecord const& brings) {
  return insert_record(tx, article_table(), to_columns(article_table(), model::to_row(article)), brings);
}

void update_article_counts(WriteTx& tx, model::Article const& article) {
  update_derived(tx, article_table(), to_columns(article_table(), model::to_row(article)), article.rev);
}

std::optional<model::Article> article_at(Connection& db, std::int64_t n) {
  auto const columns = record_at(db, article_table(), n);
  return columns ? std::optional(to_article(*columns)) : std::nullopt;
}

std::optional<model::Article> find_article_by_id(Connection& db, std::string_view id) {
  auto const columns = find_record(db, article_table(), By::id, id);
  return columns ? std::optional(to_article(*columns)) : std::nullopt;
}

Rest list_articles(Connection& db, query::Query const& query, std::function<bool(model::Article const&)> const& visit) {
  return list_records(db, article_table(), query, [&](Columns const& columns) { return visit(to_article(columns)); });
}

void visit_articles(Connection& db, std::function<void(std::int64_t n, model::Article&&)> const& visit) {
  std::string const sql = "SELECT n, " + column_list(article_table()) +
                          " FROM knowledge_base WHERE n > $1 ORDER BY n LIMIT " + std::to_string(kPortion);
  for (std::int64_t last = 0;;) {
    std::vector<std::pair<std::int64_t, model::Article>> portion;
    {
      Reading rows(db.prepare(sql));
      rows->bind(1, last);
      while (rows->step()) portion.emplace_back(rows->integer(0), to_article(read_columns(article_table(), *rows, 1)));
    }
    for (auto& [n, article] : portion) visit(last = n, std::move(article));
    if (portion.size() < static_cast<std::size_t>(kPortion)) return;
  }
}

}  // namespace umsops::store
