// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace umsops::base {

/// What the program says in English, a problem or a suggestion, in Chinese, as far as the catalogue has it; what it
/// does not have, a user's own words above all, stays as it is. Nothing within double quotes is looked at. Costs a walk
/// over the catalogue: for messages, not for records.
std::string in_chinese(std::string_view text);

/// Puts a text behind another, with a blank where Chinese characters and Latin ones meet, and none between Chinese
/// ones.
void append_chinese(std::string& out, std::string_view text);

/// The word of a choice that a Chinese one means: 高 for HIGH; empty: none of these.
std::string_view english_choice(std::string_view word, std::span<std::string_view const> choices);

}  // namespace umsops::base
