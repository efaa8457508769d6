// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace umsops::config {

/// A file that a new desk begins with, as the build has put it into the program: `rules.en.yaml`, `rules.zh_CN.yaml`,
/// the calendars `china.yaml` and `us.yaml`, `umsops-tick.service` and `umsops-tick.timer`. Throws `internal` for
/// another name.
std::string_view starter_file(std::string_view name);

}  // namespace umsops::config
