// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "umsops/base/time_zone.hpp"

namespace umsops::base {

/// A time in Chinese words, or with the parts of a date in another way, as text that `parse_time_range` reads: 三天前
/// as 3天前, 上周五, 11月28日 and 2026/11/28 as their date, 明天下午3点半 as date and time. A date without a year is of
/// this year. `text` is folded; `now` is the local time. nullopt: it is none of these.
std::optional<std::string> plain_time(std::string_view text, CivilTime const& now);

}  // namespace umsops::base
