// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "cli/registry.hpp"

namespace umsops::cli {

/// The process's end for an error of this kind; `signal` is the one that asked to stop.
int exit_code(base::ErrorKind kind, int signal = 0);

/// The same for a command that a mail server runs: 75 unless the input, or the call, is what is wrong.
int deferring_exit_code(base::ErrorKind kind);

/// One line of the table of exit codes, which only grows.
struct ExitCode {
  int code;
  Text meaning;
};
std::span<ExitCode const> exit_codes();

}  // namespace umsops::cli
