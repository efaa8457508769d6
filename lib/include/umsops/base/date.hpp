// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace umsops::base {

/// `2026-11-30` and nothing around it, of a day that there is; else nullopt.
std::optional<std::chrono::year_month_day> parse_date(std::string_view text);

}  // namespace umsops::base
