// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "umsops/config/yaml.hpp"
#include "umsops/rules/target.hpp"

namespace umsops::config {

/// Which fields rules may set (those that the target decides, and attributes.NAME), and which facts they may look at
/// (every stored field and attribute). Both throw `config.invalid` at the node.
void require_settable(rules::Target const& target, std::string_view field, base::SourceSpot const& spot);
void require_fact(rules::Target const& target, std::string_view fact, base::SourceSpot const& spot);

/// The value as the field keeps it: a choice in its own spelling, a text of one line that is not too long. Throws
/// `config.invalid` at the node.
std::string value_for(base::RecordType const& type, std::string_view field, std::string_view text,
                      base::SourceSpot const& spot);

}  // namespace umsops::config
