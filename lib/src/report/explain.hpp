// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <utility>

#include "report/plan.hpp"

namespace umsops::report {

/// The place of a column among groups and figures. Throws `field.unknown` with the nearest name.
std::size_t column_of(Plan const& plan, std::string_view name);

/// How the column is made, in a few sentences.
BothTexts explained(Plan const& plan, std::size_t column);

/// What the store has for the SQL of a figure.
struct SqlParts {
  std::function<std::pair<std::string, std::string>(query::Filter const&)> table_and_where;
  std::function<std::string(std::size_t input)> column;
};
/// One statement that gives the figure over the whole period, in SQL that both engines take. It rounds nothing.
std::string figure_sql(Plan const& plan, Figure const& figure, SqlParts const& parts);

}  // namespace umsops::report
