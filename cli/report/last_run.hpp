// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "cli/env.hpp"

/// When a report ran last for this user and desk: a small file in the folder of the program's state.
namespace umsops::cli::last_run {

/// nullopt: it has not run with --since last yet. Throws `file.unreadable` for a file that holds something else.
std::optional<base::TimePoint> read(Env& env, std::string const& report);
void write(Env& env, std::string const& report, base::TimePoint until);

}  // namespace umsops::cli::last_run
