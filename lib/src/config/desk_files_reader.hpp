// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/problems.hpp"
#include "umsops/config/desk_files.hpp"

namespace umsops::config {

std::vector<model::DeclaredField> read_fields_text(std::string_view text, std::string const& file, Problems& problems);
std::vector<View> read_views_text(std::string_view text, std::string const& file, Problems& problems);

}  // namespace umsops::config
