// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "config/problems.hpp"
#include "umsops/notify/channel.hpp"

namespace umsops::config {

/// Reads one file; all errors go to `problems`.
notify::Setup read_channels_text(std::string_view text, std::string const& file, Problems& problems);
/// The templates of that folder: names that mean none, and what each of them says.
void check_templates(std::string const& folder, base::SourceSpot const& spot, Problems& problems);

/// One channel of the map `channels`.
notify::Channel read_channel(Node const& key, Node const& node, Problems& problems);
/// A path relative to the folder of the file that names it.
std::string path_beside(Node const& node);

}  // namespace umsops::config
