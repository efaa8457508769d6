// SPDX-License-Identifier: Apache-2.0
// Tickets and incidents by their texts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/record_table.hpp"
#include "umsops/query/query.hpp"

namespace umsops::desk {

/// The filter with the records that fit in the place of words that are looked for in texts; any other as it is.
/// `unsearched`: see ListEnd. Throws `input.too_large` where words are in too many records.
query::Filter with_found(store::Connection& db, base::RecordType const& type, query::Filter filter,
                         std::int64_t* unsearched = nullptr);
/// The same for a whole query.
query::Query with_found(store::Connection& db, base::RecordType const& type, query::Query query,
                        std::int64_t* unsearched = nullptr);

/// A record whose text resembles another one's.
struct AlikeRecord {
  std::int64_t n = 0;
  double text = 0;  ///< 0 to 1: what its text is worth for the words of the other, beside that one's own
};
/// The best ones of all that there are, at most `most`; without the record itself.
std::vector<AlikeRecord> alike_records(store::Connection& db, base::RecordType const& type, std::int64_t record,
                                       std::size_t most, std::int64_t* unsearched = nullptr);

}  // namespace umsops::desk
