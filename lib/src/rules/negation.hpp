// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace umsops::rules {

/// Whether the words directly before `begin` negate it: 不紧急, 没有那么紧急, "not that urgent", "no error". 不是不紧急
/// and "not without error" negate twice and so do not; neither do questions (是不是紧急) and words that only look like
/// a negation (非常, 不得不, 除非). `negated_ends`: where denied words before it end, ascending; what follows one of
/// them behind 或 or "or" is denied too. `text` is folded (FoldedText).
bool is_negated(std::string_view text, std::size_t begin, std::vector<std::uint32_t> const& negated_ends);

}  // namespace umsops::rules
