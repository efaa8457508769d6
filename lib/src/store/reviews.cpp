// SPDX-License-Identifier: Apache-2.0
#include "store/reviews.hpp"

#include "store/record_row.hpp"
#include "umsops/model/article.hpp"
#include "umsops/model/feedback.hpp"

namespace umsops::store {
namespace {

/// By the beginning of the key: what is said of articles is little beside what is asked of them.
constexpr std::string_view kUsed =
    "SELECT record, good FROM feedback WHERE noun = $1 AND kind = $2 AND subject = $3 ORDER BY record";

}  // namespace

RecordTable const& review_table() {
  static RecordTable const kTable = RecordTable::made({.type = model::review_type(),
                                                       .name = "reviews",
                                                       .not_found = base::errors::review_not_found,
                                                       .created = "created_at",
                                                       .newest_first = true});
  return kTable;
}

model::Review to_review(Columns const& columns) {
  model::Review review;
  each_field(review_table(), columns,
             [&](std::size_t field, base::Value const& value) { model::set(review, field, value); });
  return review;
}

std::string insert_review(WriteTx& tx, model::Review const& review, std::int64_t incident) {
  return insert_record(tx, review_table(), to_columns(review_table(), model::to_row(review)), {.own_number = incident});
}

std::optional<model::Review> review_at(Connection& db, std::int64_t incident) {
  auto const columns = record_at(db, review_table(), incident);
  return columns ? std::optional(to_review(*columns)) : std::nullopt;
}

Rest list_reviews(Connection& db, query::Query const& query, std::function<bool(model::Review const&)> const& visit) {
  return list_records(db, review_table(), query, [&](Columns const& columns) { return visit(to_review(columns)); });
}

std::vector<std::pair<std::int64_t, bool>> articles_used_for(Connection& db, std::string_view number) {
  std::vector<std::pair<std::int64_t, bool>> found;
  Reading rows(db.prepare(kUsed));
  rows->bind(1, model::article_type().noun);
  rows->bind(2, model::to_string(model::FeedbackKind::use));
  rows->bind(3, number);
  while (rows->step()) found.emplace_back(rows->integer(0), rows->integer(1) != 0);
  return found;
}

}  // namespace umsops::store
