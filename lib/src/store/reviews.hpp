// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/record_table.hpp"
#include "umsops/model/review.hpp"

namespace umsops::store {

/// `reviews`. `n` of a review is that of its incident.
RecordTable const& review_table();
/// Throws `store.damaged` when the columns are no review.
model::Review to_review(Columns const& columns);

/// Stores the review of the incident at that place.
std::string insert_review(WriteTx& tx, model::Review const& review, std::int64_t incident);
/// Of the incident at that place.
std::optional<model::Review> review_at(Connection& db, std::int64_t incident);
Rest list_reviews(Connection& db, query::Query const& query, std::function<bool(model::Review const&)> const& visit);

/// Places of the articles that were used for the record of that number, each with whether it worked.
std::vector<std::pair<std::int64_t, bool>> articles_used_for(Connection& db, std::string_view number);

}  // namespace umsops::store
