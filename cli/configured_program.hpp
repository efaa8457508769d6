// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "cli/process.hpp"

namespace umsops::cli {

class Env;

/// How long a program that gives a secret may take, and how much it may print.
inline constexpr base::Milliseconds kLongestSecret = std::chrono::seconds(30);
inline constexpr std::size_t kMostSecret = 64 << 10;

/// Runs a program that a file of ours names, a keeper of secrets: with our environment, nothing to read, in a group of
/// its own, so that a signal or its time ends all that it has begun. One named by a path must be one that nobody else
/// can change (`file.untrusted`), and is run by what was looked at. Throws `process.interrupted`.
TaskEnd run_configured(std::vector<std::string> const& command);

/// Why it gave nothing to take; empty: it ended well.
std::string problem_of(Env& env, TaskEnd const& end);

/// The first line that it prints; nullopt: it ended badly.
std::optional<std::string> secret_line(std::vector<std::string> const& command);

}  // namespace umsops::cli
