// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "umsops/rules/rule_set.hpp"

namespace umsops::rules {

/// The image of a source that `check_source` has passed.
std::string compile_image(RuleSource const& source);

/// What `RuleSet::version` says of a source.
std::string version_of(RuleSource const& source);

}  // namespace umsops::rules
