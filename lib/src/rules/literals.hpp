// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace umsops::rules {

/// Words, folded, of which at least one stands in every text that the expression matches; empty: none can be told. Only
/// texts without an answer here need the expression itself to be compiled and asked.
std::vector<std::string> required_literals(std::string_view regex);

}  // namespace umsops::rules
