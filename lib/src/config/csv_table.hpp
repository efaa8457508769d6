// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace umsops::config {

/// A small CSV file (RFC 4180, UTF-8) in memory: lookup tables of rule files.
struct CsvTable {
  struct Row {
    std::vector<std::string> cells;  ///< as many as the header has
    std::int64_t line = 0;
  };
  std::vector<std::string> header;
  std::vector<Row> rows;
};

/// Throws `config.invalid` with file and line.
CsvTable read_csv_table(std::string_view text, std::string_view file);

}  // namespace umsops::config
