// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "rules/fact_texts.hpp"
#include "rules/image.hpp"
#include "rules/rule_run.hpp"
#include "umsops/rules/rule_set.hpp"

namespace umsops::rules {

/// Converts matching rules into hits: their proposals and the matched words as written in the text.
std::vector<Hit> hits_of(Image const& image, Target const& target, FactTexts& facts, std::vector<HeldRule> const& held);

/// What was found and did not count, a place once for a rule.
std::vector<HeldBack> held_back_of(Image const& image, FactTexts& facts, std::vector<PassedOver> const& passed_over);

/// Decides every field: rules first, then mappings, then defaults.
std::vector<Outcome> outcomes_of(Image const& image, Target const& target, Facts const& facts,
                                 std::vector<Hit> const& hits);

}  // namespace umsops::rules
