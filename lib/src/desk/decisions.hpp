// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "umsops/model/ticket.hpp"
#include "umsops/rules/rule_set.hpp"

namespace umsops::desk {

/// Whether the caller has set that field.
bool is_said(std::vector<std::string> const& said, std::string_view field);
/// The words that a rule found, each once.
std::vector<std::string> words_of(rules::Hit const& hit);
/// What rules say of one field, as a record keeps it. `value` is for the caller to fill in: what the record carries.
model::FieldDecision decision_of(rules::Outcome const& outcome, rules::Verdict const& verdict);

}  // namespace umsops::desk
