// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/language/phrases.hpp"

namespace umsops::cli {

/// What the three standard streams are, and how wide the screen is.
struct Terminal {
  bool input = false, output = false, errors = false;
  int width = 80, height = 24;
  bool dumb = false;
  static Terminal look(Variable const& variable);
};

/// --color, then NO_COLOR, CLICOLOR_FORCE, CLICOLOR, TERM, then whether the stream is a terminal.
bool wants_color(std::string const& when, bool terminal, Variable const& variable);

}  // namespace umsops::cli
