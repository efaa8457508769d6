// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/call.hpp"
#include "cli/language/phrases.hpp"

namespace umsops::cli {

/// What must be known before the words are understood, so that an error of usage is told in the right way.
struct Manner {
  base::Language language = base::Language::en;
  bool json_errors = false;
};
/// Looks only at the flags for language and formats; never throws.
Manner read_manner(std::vector<std::string> const& words, Variable const& variable);

/// Understands the words after the program's name. Throws `usage.*`; what does not exist is told before what is
/// missing.
Call parse_call(std::vector<std::string> const& words, base::Language language);

/// The words divided into the command and the rest. `rest` keeps flags and arguments in their order.
struct Resolved {
  Command const* command = nullptr;
  std::string group;  ///< the words of a noun, or a group of verbs, that stands without a verb
  std::vector<std::string> rest;
};
Resolved resolve_command(std::vector<std::string> const& words, base::Language language);

/// Checks one value by its flag's type and brings it to its canonical form. Throws `usage.bad_value`.
std::string check_value(Flag const& flag, std::string const& value, base::Language language);

/// The most like `word` among the commands: `ticket list` for `tickt lst`; empty when nothing is near.
std::string nearest_command(std::vector<std::string> const& words);

}  // namespace umsops::cli
