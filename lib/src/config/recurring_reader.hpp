// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/problems.hpp"
#include "umsops/config/recurring_files.hpp"

namespace umsops::config {

/// Each of the text that is sound.
std::vector<prepared::Recurring> read_recurring_text(std::string_view text, std::string const& file,
                                                     RecurringNames const& names, Problems& problems);

}  // namespace umsops::config
