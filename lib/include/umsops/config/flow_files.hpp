// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "umsops/dialogue/flow.hpp"

namespace umsops::config {

/// A flow file for `ticket intake chat` or `phone`, sound: `dialogue::check` finds nothing wrong with it, its
/// conditions and patterns compile. Throws `yaml.invalid`, `config.invalid` with file, line and column (the first
/// mistake; the others are its details), `file.unreadable`.
dialogue::Flow read_flow(std::string const& file);

/// The built-in flow: it records the request and hands it over.
dialogue::Flow builtin_flow(dialogue::Channel channel);

}  // namespace umsops::config
