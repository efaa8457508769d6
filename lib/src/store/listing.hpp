// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "store/filter_sql.hpp"
#include "umsops/query/query.hpp"

namespace umsops::store {

/// What a listing left out.
struct Rest {
  bool truncated = false;
  std::string next;  ///< cursor of the first row left out
};

/// An index that is led by a choice column, in the order of time within each choice: (column, created_at).
struct Split {
  std::string_view column = {};                     ///< empty: there is none
  std::string_view condition = {};                  ///< of the rows that are in the index
  std::span<std::string_view const> left_out = {};  ///< choices that this keeps out
};

/// A table that can be listed page by page.
struct Listing {
  base::RecordType const* type;
  std::string_view table;
  std::string_view columns;  ///< the SELECT list
  int column_count;
  std::string_view place;                 ///< the unique column that makes every order total
  std::vector<query::SortKey> sort = {};  ///< when the query names none; empty: by `place`, ascending
  Split split = {};
  std::vector<std::string_view> narrow = {};  ///< columns with an index that beats the split one
  ComputedSql* computed = nullptr;            ///< SQL of computed fields that may stand in a filter
  bool text_place = false;                    ///< `place` is a text, where others are numbers
};

/// Gives the rows in the query's order. Pages are cut by key, never by offset, so that they neither repeat nor skip
/// rows while others are added, and cost the same wherever they are.
Rest list_rows(Connection& db, Listing const& listing, query::Query const& query,
               std::function<bool(Statement const&)> const& visit);

/// The SQL of that query and its values, for tests of its plan.
std::string listing_sql(Connection const& db, Listing const& listing, query::Query const& query,
                        Parameters& parameters);

}  // namespace umsops::store
