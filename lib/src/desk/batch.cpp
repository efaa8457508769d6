// SPDX-License-Identifier: Apache-2.0
#include "desk/batch.hpp"

#include <string_view>
#include <unordered_set>

namespace umsops::desk {

/// In the order given: people read the outcomes beside what they typed.
std::vector<std::string> once_each(std::vector<std::string> const& ids) {
  std::vector<std::string> out;
  std::unordered_set<std::string_view> seen;
  for (auto const& id : ids) {
    if (seen.insert(id).second) out.push_back(id);
  }
  return out;
}

/// Everything else (no room, a damaged store, an interruption) would fail for each of the other items too.
bool concerns_one_item(base::Error const& error) {
  using Kind = base::ErrorKind;
  return error.kind() == Kind::not_found || error.kind() == Kind::conflict || error.kind() == Kind::invalid_input ||
         error.kind() == Kind::usage;
}

}  // namespace umsops::desk
