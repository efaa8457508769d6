// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/people/roster.hpp"

namespace umsops::config {

/// Reads roster files into one roster, in the order given; each may refer to names of another. Throws `yaml.invalid` or
/// `config.invalid` with file and line (the first mistake; the others are its details), `file.unreadable` for a file
/// that is not there.
people::Roster read_roster(std::vector<std::string> const& files);

/// Everything wrong with these files taken together. Empty: sound.
std::vector<base::Error> lint_roster(std::vector<std::string> const& files);

}  // namespace umsops::config
