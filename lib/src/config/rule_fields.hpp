// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "umsops/config/yaml.hpp"

namespace umsops::config {

/// Which fields of a ticket rules may set (category, subcategory, priority, assignee_id, attributes.NAME), and which
/// facts they may look at (every stored field and attribute). All throw `config.invalid` at the node.
void require_settable(std::string_view field, base::SourceSpot const& spot);
void require_fact(std::string_view fact, base::SourceSpot const& spot);

/// The value as the field keeps it: a choice in its own spelling, a text of one line that is not too long.
std::string value_for(std::string_view field, std::string_view text, base::SourceSpot const& spot);

}  // namespace umsops::config
