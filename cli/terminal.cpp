// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include "umsops/base/number.hpp"

namespace umsops::cli {

namespace {

bool is_set(Variable const& variable, char const* name) {
  auto const value = variable(name);
  return value && !value->empty();
}

int number_in(Variable const& variable, char const* name) {
  return static_cast<int>(base::parse_integer(variable(name).value_or(""), 1, 10'000).value_or(0));
}

}  // namespace

Terminal Terminal::look(Variable const& variable) {
  Terminal terminal;
  terminal.input = isatty(0) == 1;
  terminal.output = isatty(1) == 1;
  terminal.errors = isatty(2) == 1;
  terminal.dumb = variable("TERM").value_or("") == "dumb";
  winsize size = {};
  if (terminal.output && ioctl(1, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    terminal.width = size.ws_col;
    terminal.height = size.ws_row;
  }
  if (int const columns = number_in(variable, "COLUMNS")) terminal.width = columns;
  if (int const forced = number_in(variable, "UMSOPS_FORCE_TTY")) {
    terminal.output = true;
    terminal.width = forced;
  }
  return terminal;
}

bool wants_color(std::string const& when, bool terminal, Variable const& variable) {
  if (when == "always") return true;
  if (when == "never" || is_set(variable, "NO_COLOR")) return false;
  for (auto const* name : {"CLICOLOR_FORCE", "FORCE_COLOR"}) {
    if (is_set(variable, name) && *variable(name) != "0") return true;
  }
  if (variable("CLICOLOR").value_or("") == "0" || variable("TERM").value_or("") == "dumb") return false;
  return terminal;
}

}  // namespace umsops::cli
