// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "umsops/config/yaml.hpp"

namespace umsops::config {

/// The tree as bytes, places and all. The build packs built-in files, so that no run has to read their YAML: that takes
/// twenty times as long.
std::string pack_tree(Node const& root);
/// `file`: as it is named in messages. The bytes are those of `pack_tree`, of this program.
Node unpack_tree(std::string_view bytes, std::string_view file);

}  // namespace umsops::config
