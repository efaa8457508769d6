// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/registry.hpp"

namespace umsops::cli {

/// The words divided into the command and the rest. `rest` keeps flags and arguments in their order.
struct FoundCommand {
  Command const* command = nullptr;
  std::string group;  ///< the words of a noun, or a group of verbs, that stands without a verb
  std::vector<std::string> rest;
};
/// Finds the command among flags that may stand anywhere. Throws `usage.unknown_command`.
FoundCommand find_command(std::vector<std::string> const& words, base::Language language);

/// The most like `words` among the commands: `ticket list` for `tickt lst`; empty when nothing is near.
std::string nearest_command(std::vector<std::string> const& words);

bool is_flag(std::string const& word);
/// The global flag that this word ends with and whose value is the next word; null when the word is complete.
Flag const* awaits_value(std::string const& word);

}  // namespace umsops::cli
