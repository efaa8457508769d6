// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace umsops::model {

/// How bad something is; lowest first.
enum class Severity { low, medium, high, critical };

/// `LOW`, `MEDIUM`, `HIGH`, `CRITICAL`, as they stand in JSON and on the command line.
std::span<std::string_view const> severity_names();
std::string_view to_string(Severity v);
/// Case does not matter; nullopt for any other word.
std::optional<Severity> parse_severity(std::string_view text);

}  // namespace umsops::model
