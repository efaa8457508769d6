// SPDX-License-Identifier: Apache-2.0
#include "desk/batch.hpp"

#include <unordered_set>

namespace umsops::desk {

std::vector<std::string> once_each(std::vector<std::string> ids) {
  std::unordered_set<std::string> seen;
  std::erase_if(ids, [&](auto const& id) { return !seen.insert(id).second; });
  return ids;
}

/// Everything else (no room, a damaged store, an interruption) would fail for each of the other items too.
bool concerns_one_item(base::Error const& error) {
  using Kind = base::ErrorKind;
  return error.kind() == Kind::not_found || error.kind() == Kind::conflict || error.kind() == Kind::invalid_input ||
         error.kind() == Kind::usage;
}

}  // namespace umsops::desk
