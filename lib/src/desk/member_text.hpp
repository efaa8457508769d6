// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "umsops/base/value.hpp"

namespace umsops::desk {

/// A text of what a message or an entry of a timeline carries; empty: it has none of that name.
inline std::string text_in(base::Value const& value, std::string_view name) {
  auto const* const found = value.find(name);
  return found ? std::string(found->text()) : std::string();
}

}  // namespace umsops::desk
