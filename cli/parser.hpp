// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/call.hpp"

namespace umsops::cli {

/// Understands the words after the program's name. Throws `usage.*`; what does not exist is told before what is
/// missing.
Call parse_call(std::vector<std::string> const& words, base::Language language);

}  // namespace umsops::cli
