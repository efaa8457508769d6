// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "umsops/rules/target.hpp"

namespace umsops::config {

/// The compiled built-in rules for a kind of record, as the build made them; aligned for use in place.
std::string_view builtin_rules_image(rules::Target const& target);

}  // namespace umsops::config
