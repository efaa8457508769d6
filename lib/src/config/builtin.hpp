// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace umsops::config {

/// The compiled built-in rules, as the build made them; aligned for use in place.
std::string_view builtin_rules_image();

}  // namespace umsops::config
