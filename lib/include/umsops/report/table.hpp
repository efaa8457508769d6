// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/field.hpp"
#include "umsops/report/definition.hpp"

namespace umsops::report {

/// A finished table: columns described like the fields of a record, and rows of values.
struct Table {
  std::string name, schema;
  BothTexts title, doc;
  std::string from;                  ///< name of the source
  std::vector<base::Field> columns;  ///< groups first, then figures
  std::vector<std::string> units;    ///< of each column: `minutes`, `share`, `percent`, or empty
  std::vector<Function> functions;   ///< of each column; of groups and of a list's fields `n`
  std::size_t groups = 0;            ///< so many columns are groups
  std::vector<Part> parts;           ///< of each group
  std::vector<base::Row> rows;
  base::Row totals;                               ///< over all rows; empty: of a list
  std::optional<base::TimePoint> since, until;    ///< the period; none: it has none
  std::optional<base::TimePoint> previous_since;  ///< the period before, that ends where a compared one begins
  std::optional<base::TimePoint> previous_until;
  std::string zone;                                ///< days are days of this zone
  std::int64_t counted = 0;                        ///< records that were looked at
  bool truncated = false;                          ///< there were more rows
  std::shared_ptr<std::deque<std::string>> texts;  ///< keeps the columns' texts, and below their choices
  std::shared_ptr<std::deque<std::vector<std::string_view>>> choices;

  bool is_list() const { return totals.empty(); }
};

/// A finished report: one table, or those of a composition.
struct Result {
  std::string name;
  BothTexts title;
  std::vector<Table> tables;
  bool composed = false;
  base::TimePoint now{};                 ///< when it was made
  std::optional<base::TimePoint> as_of;  ///< it shows what was stored then
};

/// Which rows a filter over the table's columns holds for, e.g. `sla_met<0.95 n>=20`. Throws `filter.syntax`, also
/// for a name that is no column.
std::vector<std::size_t> rows_where(Table const& table, std::string_view filter);

}  // namespace umsops::report
