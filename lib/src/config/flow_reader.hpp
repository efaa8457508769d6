// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "config/problems.hpp"
#include "umsops/dialogue/flow.hpp"

namespace umsops::config {

/// Reads a flow file; all errors go to `problems`.
dialogue::Flow read_flow_text(std::string_view text, std::string const& file, Problems& problems);

/// One node: the key of its kind holds its text, the other keys the rest. `node` already has its name.
void read_flow_node(Node const& yaml, dialogue::Node& node, dialogue::Channel channel, Problems& problems);
/// One text, or one in each language.
dialogue::Text flow_text(Node const& yaml);

}  // namespace umsops::config
