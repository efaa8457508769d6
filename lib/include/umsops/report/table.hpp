// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "umsops/base/field.hpp"

namespace umsops::report {

/// A finished report: columns described like the fields of a record, and rows of values.
struct Table {
  std::string name;                  ///< `support`
  std::vector<base::Field> columns;  ///< names and types; texts are static
  std::vector<base::Row> rows;
  base::TimePoint since{}, until{};  ///< the period
  std::string zone;                  ///< days are days of this zone
  std::int64_t counted = 0;          ///< number of tickets
};

/// What `report list` shows.
struct Description {
  std::string_view name, doc, doc_zh;
};

}  // namespace umsops::report
