// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "umsops/query/query.hpp"

namespace umsops::query {

/// The choices that a condition on a choice field lets pass, in their order; absent values are left out.
std::vector<std::string_view> passing_choices(base::Field const& field, Condition const& condition);

/// Whether the operator says of which values a record has none.
constexpr bool is_negative(Op op) { return op == Op::ne || op == Op::lacks; }
/// Whether one of the condition's values stands for "has no value".
bool names_absence(Condition const& condition);
/// As `~` means it: case, width and the form of accents do not matter.
bool contains_folded(std::string_view text, std::string_view part);
/// Whether `order`, below zero, zero or above it, of a value and the wanted one is what the operator asks; `ne` asks
/// what `eq` does.
bool passes(Op op, std::ptrdiff_t order);

}  // namespace umsops::query
