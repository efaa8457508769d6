// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "cli/helpers/step/request.hpp"

namespace umsops::step_helper {

/// Starts the program of the request in a process group of its own, with `output` as its standard output and error. It
/// is killed when this process dies. Negative: minus the errno that kept it from starting.
pid_t start(Request const& request, int output);

/// All that descend from this process, also those that have left their parents or their session: this process must be
/// a subreaper.
std::vector<pid_t> descendants();
/// Sends it to the group of `child` and to all descendants.
void signal_all(pid_t child, int signal);

}  // namespace umsops::step_helper
