// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "cli/env.hpp"

/// How commands say what came of them.
namespace umsops::cli {

/// `created`, in the language of the run.
std::string word_for(Env const& env, desk::Result result);
/// `file:line:column: message (hint)`, as far as these are known.
std::string told_of(base::Error const& error, base::Language language);
/// Something was found that ends the command with 10.
base::Error any_found(Env const& env, std::int64_t count);
/// What --fail-if-any and --fail-if-empty ask for: throws `condition.true`.
void check_found(Env const& env, Call const& call, std::int64_t count);
/// What was done could not be told: nobody reads standard output any more.
base::Error closed_pipe();
/// Some of many failed.
base::Error some_failed(std::int64_t failed, std::int64_t total);

}  // namespace umsops::cli
