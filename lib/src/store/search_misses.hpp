// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/store.hpp"
#include "umsops/base/time.hpp"

namespace umsops::store {

/// What was looked for, and not found.
struct SearchMiss {
  std::string query;
  std::int64_t asked = 0;  ///< how often
  base::TimePoint first_at{}, last_at{};
};

/// Only so many are kept, those that were asked last.
inline constexpr std::int64_t kMostMisses = 1000;
void note_miss(WriteTx& tx, std::string const& query, base::TimePoint now);
void forget_misses(WriteTx& tx);
/// Those asked most often first.
std::vector<SearchMiss> search_misses(Connection& db);

}  // namespace umsops::store
