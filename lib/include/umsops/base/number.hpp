// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace umsops::base {

/// An integer in decimal digits with an optional minus and nothing around it, inside [min, max]; else nullopt.
std::optional<std::int64_t> parse_integer(std::string_view text, std::int64_t min, std::int64_t max);
/// A finite decimal number; no hexadecimal, no `nan`, no `inf`.
std::optional<double> parse_decimal(std::string_view text);

}  // namespace umsops::base
