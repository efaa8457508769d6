// SPDX-License-Identifier: Apache-2.0
// What writers of reports have in common.
#pragma once

#include <string>

#include "umsops/format/output.hpp"
#include "umsops/report/table.hpp"

namespace umsops::format {

/// The text in that language; where it is only there in the other, that one.
std::string const& in_language(report::BothTexts const& texts, base::Language language);
/// What people call a column: `Mean response`, 平均响应.
std::string column_title(report::Table const& table, std::size_t column, base::Language language);
/// A value for people: times in the zone, shares as percents, numbers with at most two decimals.
std::string value_text(report::Table const& table, std::size_t column, base::Value const& value,
                       base::Language language, base::TimeZone const& zone);
/// The number, where it is one.
std::optional<double> number_of(base::Value const& value);
/// Columns that `-o table` shows.
std::vector<std::size_t> shown_columns(report::Table const& table);
/// `2026-11-01 00:00 to 2026-12-01 00:00 (UTC)`; empty: there is no period.
std::string period_text(report::Table const& table, base::Language language, base::TimeZone const& zone);

}  // namespace umsops::format
