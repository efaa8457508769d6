// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "umsops/base/time_zone.hpp"
#include "umsops/base/value.hpp"

namespace umsops::model {

/// How one of our fields is made from a foreign record.
struct FieldMapping {
  std::string field;                                        ///< ours, `attributes.NAME`, or `action` (of JSON intake)
  std::vector<std::string> columns;                         ///< theirs, nested ones as `a.b`; several are joined with `joiner`
  std::string joiner = " ";
  std::vector<std::pair<std::string, std::string>> values;  ///< their word → ours
  std::string otherwise;                                    ///< for an absent or empty column; empty: leave it out
  std::string time_format;                                  ///< strptime form of their time; empty: RFC 3339
  std::size_t cut = 0;                                      ///< longest text in code points, 0: do not cut
};

/// A mapping file as a value: foreign column names and words to ours.
struct ImportMapping {
  std::vector<FieldMapping> fields;
  std::vector<std::string> ignore;   ///< columns left out on purpose; `*`: all that are not named
  base::TimeZone zone;               ///< of times without an offset
  std::string file;
};

/// The foreign record under our names. Throws `record.invalid` for a column that nothing names or a word without mapping.
base::Value apply(ImportMapping const& mapping, base::Value const& foreign);

}  // namespace umsops::model
