// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace umsops::rules {

/// Folded words, at least one of which is in every text that the expression matches; empty: unknown. A text without any
/// of them cannot match, so the expression need not be compiled for it.
std::vector<std::string> required_literals(std::string_view regex);

}  // namespace umsops::rules
