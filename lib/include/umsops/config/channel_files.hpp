// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "umsops/base/error.hpp"
#include "umsops/notify/channel.hpp"

namespace umsops::config {

/// A file of the kind `channels`: how messages leave, and who is told of an incident. Paths in it are relative to it;
/// templates in its folder are checked, too. Throws `yaml.invalid`, `config.invalid` or `template.invalid` with file,
/// line and column (the first mistake; the others are its details).
notify::Setup read_channels(std::string const& file);

}  // namespace umsops::config
