// SPDX-License-Identifier: Apache-2.0
// All that is searched, as a whole.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "store/search_index.hpp"
#include "store/store.hpp"

namespace umsops::store {

/// Makes all indexes anew from articles, tickets and incidents; how many documents are in them.
std::int64_t rebuild_search_index(WriteTx& tx);
/// Holds them against the texts; one line for each thing that is wrong.
void check_search_index(Connection& db, std::function<void(std::string const& problem)> const& report);

/// What they are like, for people.
struct IndexFigures {
  std::int64_t articles = 0, tickets = 0, incidents = 0;
  std::int64_t segments = 0, pending = 0, bytes = 0;
  std::int64_t behind = 0;  ///< events that it has not followed yet
  double drift = 0;         ///< of the mean length of articles from the one that it was made with
};
IndexFigures index_figures(Connection& db);

}  // namespace umsops::store
