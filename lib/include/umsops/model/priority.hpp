// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace umsops::model {

/// How much something matters, lowest first: a ticket's priority, the severity, impact and urgency of a failure.
enum class Priority { low, medium, high, critical };

std::span<std::string_view const> priority_names();  ///< `LOW`, `MEDIUM`, `HIGH`, `CRITICAL`
std::string_view to_string(Priority v);
/// Case does not matter; nullopt for any other word.
std::optional<Priority> parse_priority(std::string_view text);

}  // namespace umsops::model
