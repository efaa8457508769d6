// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "umsops/base/field.hpp"

namespace umsops::rules {

/// One kind of record as rules see it: which names they may use. Each kind has one constant; what it refers to lives as
/// long as the program. A type with a field `attributes` also has the names `attributes.NAME`, to look at and to set.
struct Target {
  base::RecordType const& type;               ///< conditions may look at any of its fields
  std::span<std::string_view const> texts;    ///< what a condition that names no field looks at
  std::span<std::string_view const> decided;  ///< what rules may set, in the order of the outcomes
};

/// Tickets: title and description; priority, category, subcategory, assignee_id, service.
Target const& ticket_target();

/// Every kind of record that has rules; tickets first. Each has built-in rules.
std::span<Target const* const> targets();
/// The one of that noun; null when there is none.
Target const* find_target(std::string_view noun);

}  // namespace umsops::rules
