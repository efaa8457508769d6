// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "umsops/rules/rule_set.hpp"

namespace umsops::rules {

/// The image of a source that `check_source` has passed.
std::string compile_image(RuleSource const& source);

/// The facts that a condition looks at: its own, or the texts of the target.
std::vector<std::string_view> fields_of(Test const& test, Target const& target);

/// What `RuleSet::version` says of a source.
std::string version_of(RuleSource const& source);

}  // namespace umsops::rules
