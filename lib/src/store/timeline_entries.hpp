// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "store/store.hpp"
#include "umsops/model/timeline_entry.hpp"

namespace umsops::store {

/// The next event of this transaction vouches for the entry.
void insert_timeline_entry(WriteTx& tx, model::TimelineEntry const& entry);
/// Those of the record, in the order in which they were written down.
std::vector<model::TimelineEntry> timeline_of(Connection& db, model::Ref const& record);
/// The one that was written down last, of that kind.
std::optional<model::TimelineEntry> last_entry(Connection& db, model::Ref const& record, model::TimelineKind kind);

}  // namespace umsops::store
