// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/env.hpp"
#include "umsops/config/rule_files.hpp"

namespace umsops::cli {

/// The rule files that the call names, else those of the settings; empty: the built-in rules.
std::vector<std::string> rule_files(Env& env, std::vector<std::string> const& named);
/// Their source, with the test cases in it.
rules::RuleSource rule_source(std::vector<std::string> const& files);

/// Everything wrong with these files, one error line each on standard error; gives the number.
std::int64_t tell_problems(Env& env, std::vector<base::Error> const& problems);
base::Value problem_of(base::Error const& error, base::Language language);

}  // namespace umsops::cli
