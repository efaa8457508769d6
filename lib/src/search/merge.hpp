// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "umsops/search/index.hpp"

namespace umsops::search {

/// Writes pending rows as segments of the lowest level. What was added and removed meanwhile leaves nothing.
void fold(IndexTables& tables, IndexState& state, std::span<PendingRow const> rows);

/// Makes one segment of many, one level above the highest of them, and another of the removals that meet nothing
/// among them.
void merge(IndexTables& tables, IndexState& state, std::vector<Segment> segments);

}  // namespace umsops::search
