// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace umsops::base {

/// A UTC instant in milliseconds, the precision of the store and of JSON.
using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;
using Milliseconds = std::chrono::milliseconds;

/// `2026-11-23T09:30:00Z`; milliseconds appear only when they are not zero.
std::string format_rfc3339(TimePoint at);

/// Reads RFC 3339 with `Z` or a numeric offset. A date alone, or a time without an offset, is not RFC 3339: nullopt.
std::optional<TimePoint> parse_rfc3339(std::string_view text);

/// `90s`, `15m`, `2h`, `7d`, `1w`, and sums of them (`1h30m`). A bare number is not a duration: nullopt.
std::optional<Milliseconds> parse_duration(std::string_view text);

}  // namespace umsops::base
