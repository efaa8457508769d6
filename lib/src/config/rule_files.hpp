// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "config/rule_cache.hpp"
#include "config/rule_reader.hpp"

namespace umsops::config {

/// `load_rules` with reader and settle time as parameters: tests count the reads and do not wait.
rules::RuleSet load_rules_with(std::vector<std::string> const& files, std::string const& cache_directory,
                               rules::Target const& target, ReadFile const& read,
                               std::int64_t settle = kSettleNanoseconds);

/// Reads and joins rule files; mistakes go to `problems`.
rules::RuleSource join_rule_files(rules::Target const& target, std::vector<std::string> const& files,
                                  ReadFile const& read, Problems& problems);

/// Appends the built-in rules; a rule, decision or default in `own` replaces the built-in one of that name.
void join_builtin(rules::RuleSource& own, Problems& problems);

}  // namespace umsops::config
