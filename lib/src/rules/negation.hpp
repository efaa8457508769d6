// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace umsops::rules {

class FoldedText;

/// Whether the words directly before [begin, end) negate it: 不紧急, 没有那么紧急, 请勿紧急处理, "not that urgent",
/// "nothing urgent", or an answer behind it that stands alone: 紧急：否, "data loss: none". 不是不紧急 and "not without
/// error" negate twice and so do not; neither do questions (是不是紧急) and words that only look like a negation (非常,
/// 不得不, 除非). `negated_ends`: where denied words before it end, ascending; what follows one of them behind 或 or
/// "or" is denied too.
bool is_negated(FoldedText const& text, std::size_t begin, std::size_t end,
                std::vector<std::uint32_t> const& negated_ends);

}  // namespace umsops::rules
