// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace umsops::base {

/// What the beginning of a CSV says of its form.
struct CsvHead {
  char delimiter = ',';
  std::size_t skip = 0;  ///< bytes of a first line `sep=;`, which is no header
};

/// Reads the first line of `text`. The delimiter is what `sep=` says, as Excel writes it; else a comma; or, where the
/// header has none outside quotes, the first of `;`, tab and `|` that it has: Excel takes `;` in much of Europe.
CsvHead csv_head(std::string_view text);

}  // namespace umsops::base
