// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/image.hpp"
#include "umsops/rules/rule_set.hpp"

namespace umsops::rules {

/// The row of a mapping for a key as written in a text; nothing when there is none.
std::optional<RowRecord> find_row(Image const& image, MappingRecord const& mapping, std::string_view key);

/// A fact that nobody gave.
struct AddedFact {
  std::string name, value;
  std::uint32_t from = 0;  ///< the first rule that sees it

  bool operator==(AddedFact const&) const = default;
};

/// What the mappings make of the facts given, in their order: a later one sees what an earlier one has set.
std::vector<AddedFact> mapped_facts(Image const& image, Facts const& facts);

/// What rules that held have set of attributes, for the rules behind them. `held[i]` is the number of the rule of
/// `hits[i]`; what is given or mapped stays as it is.
std::vector<AddedFact> set_facts(std::vector<Hit> const& hits, std::vector<std::uint32_t> const& held,
                                 Facts const& facts, std::vector<AddedFact> const& mapped);

}  // namespace umsops::rules
