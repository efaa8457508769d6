// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Words that people bring along from other tools.
namespace umsops::cli {

/// What was probably meant by a word of a command: one of `known` that means the same, else the nearest one. Empty:
/// none.
std::string meant_verb(std::string_view word, std::vector<std::string_view> const& known);
/// The same of a flag, `--message` or `-m`; `known` with their dashes.
std::string meant_flag(std::string_view word, std::vector<std::string> const& known);

}  // namespace umsops::cli
