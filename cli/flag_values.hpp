// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/registry.hpp"

namespace umsops::cli {

/// Checks one value by its flag's type and brings it to its canonical form. Throws `usage.bad_value`.
std::string check_value(Flag const& flag, std::string const& value, base::Language language);

}  // namespace umsops::cli
