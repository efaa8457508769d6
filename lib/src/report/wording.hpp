// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/plan.hpp"
#include "umsops/report/table.hpp"

namespace umsops::report {

/// Fills in columns, units and the texts behind them.
void describe_columns(Plan const& plan, Table& table);

/// `< 1d`, `1d - 3d`, `> 30d`: the band of that place.
std::string band_text(std::vector<std::int64_t> const& bands, std::int64_t place);
/// `Median of resolution_time_minutes of those with status=CLOSED`.
BothTexts doc_of(Plan const& plan, Measure const& measure);
BothTexts doc_of(Plan const& plan, Group const& group);

}  // namespace umsops::report
