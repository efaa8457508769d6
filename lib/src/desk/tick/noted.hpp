// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "desk/import_values.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"

namespace umsops::desk::tick {

/// What tick has noted for itself in `store_info`, as `read` makes it of the value. Where it has another shape somebody
/// else wrote there: `store.damaged`.
template <class Read>
auto read_noted(std::string_view name, std::string const& text, Read const& read) {
  try {
    return read(base::parse_json(text, name));
  } catch (base::Error const& error) {
    if (error.kind() != base::ErrorKind::invalid_input) throw;
    throw base::Error(base::errors::store_damaged, {{"problem", std::string(name) + ": " + error.message()}});
  }
}

}  // namespace umsops::desk::tick
