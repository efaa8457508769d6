// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace umsops::base {

/// What the program says in English, a problem or a suggestion, in Chinese, as far as the catalogue has it; what it does not have, a
/// user's own words above all, stays as it is. Nothing within double quotes is looked at. Costs a walk over the
/// catalogue: for messages, not for records.
std::string in_chinese(std::string_view text);

}  // namespace umsops::base
