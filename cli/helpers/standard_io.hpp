// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// How helper programs read and answer. They have none of the command line's own output: what ends them is an exit
/// code.
namespace umsops::helpers {

/// Standard input, at most one byte over the limit; nullopt: it cannot be read.
std::optional<std::string> read_input(std::size_t limit);

/// To standard output; false: it cannot be written.
bool write_all(std::string_view bytes);

/// Says on standard error what is wrong with the program's work, and gives `code` back.
int complain(std::string_view program, std::string_view what, int code);

}  // namespace umsops::helpers
