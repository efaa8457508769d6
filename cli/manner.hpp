// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/language/phrases.hpp"

namespace umsops::cli {

/// What must be known before the words are understood, so that an error of usage is told in the right way.
struct Manner {
  base::Language language = base::Language::en;
  bool json_errors = false;
};
/// Looks only at the flags for language and formats; never throws.
Manner read_manner(std::vector<std::string> const& words, Variable const& variable);

}  // namespace umsops::cli
