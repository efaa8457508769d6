// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/prepared/recurring.hpp"

namespace umsops::config {

/// What files of recurring tickets name.
struct RecurringNames {
  std::function<std::optional<calendar::Calendar>(std::string_view)> calendar;  ///< none: any name will do
  std::optional<std::vector<prepared::Template>> templates;                     ///< absent: any name will do
  base::TimeZone zone;                                                          ///< where a schedule says none
};

/// The recurring tickets of these files and folders. Throws `yaml.invalid` or `config.invalid` with file and line (the
/// first mistake; the others are its details), `file.unreadable`.
std::vector<prepared::Recurring> read_recurring(std::vector<std::string> const& paths, RecurringNames const& names);

}  // namespace umsops::config
