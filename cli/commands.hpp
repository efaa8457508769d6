// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/registry.hpp"

namespace umsops::cli {

// Each stands beside its implementation.
#define UMSOPS_COMMAND(name) extern Command const name;
#include "cli/commands.def"
#undef UMSOPS_COMMAND

}  // namespace umsops::cli
