// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/language/phrases.hpp"

namespace umsops::cli {

/// The whole program after `main` has seen to descriptors and signals: understands the words, runs the command, tells
/// what went wrong, and gives the exit code. Throws nothing. `leave`, when given, is called with the exit code as soon
/// as a command is done and its output written, while store and files are still open: it may end the process there.
/// `reach_server`, when given, is called before a command opens a store on a server and before it reads its input.
int run_program(std::vector<std::string> const& words, Variable const& variable,
                std::function<void(int)> const& leave = {}, std::function<void()> const& reach_server = {});

/// An environment variable of this process.
std::optional<std::string> process_variable(std::string const& name);

/// `umsops 0.1.0`, without anything else being done.
int print_version();

}  // namespace umsops::cli
