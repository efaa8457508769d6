// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace umsops::base {

/// How two texts differ, line by line, as `diff -u` writes it: `--- before_name`, `+++ after_name`, hunks with three
/// lines around each change. Empty: they do not. What `patch` makes of it is right, though not always the shortest:
/// the work stays in step with the number of lines.
std::string unified_diff(std::string_view before, std::string_view after, std::string_view before_name,
                         std::string_view after_name);

}  // namespace umsops::base
