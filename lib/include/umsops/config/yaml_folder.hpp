// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace umsops::config {

/// The file, or each `*.yaml` and `*.yml` of a folder and none of the folders in it, by name. Throws `file.unreadable`.
std::vector<std::string> yaml_files(std::string const& path);

}  // namespace umsops::config
