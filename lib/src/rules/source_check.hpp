// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "umsops/base/error.hpp"
#include "umsops/rules/rule_set.hpp"

namespace umsops::rules {

/// Throws `rules.invalid` at the first thing that cannot be compiled: a field that the target does not have or no rule
/// may set, a value that its field refuses, an empty word, an expression that RE2 refuses, a group that no expression
/// has, ids used twice, conditions nested too deep.
void check_source(RuleSource const& source);

/// `rules.invalid` at a place of a rule file.
base::Error invalid_rule(std::string const& file, std::int64_t line, std::string problem, std::string suggestion = "");

}  // namespace umsops::rules
