// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "umsops/site/site.hpp"

namespace umsops::site {

/// Whether an entry is in Chinese.
bool is_chinese(Entry const& entry);

/// What the search in the browser reads, as two scripts: the index with what results show, and the texts for snippets.
/// A folder of files may not be fetched, but it may be included.
struct SearchData {
  std::string index, texts;
};
SearchData search_data(std::vector<Entry const*> const& entries);

}  // namespace umsops::site
