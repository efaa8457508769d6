// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "cli/hooks.hpp"
#include "umsops/desk/desk.hpp"

namespace umsops::cli {

class Env;

/// The desk of a run as flags and settings describe it, and the programs that see its changes before they are stored.
struct HookedDesk {
  explicit HookedDesk(Env& env);

  std::optional<HookFolder> hooks;  ///< the desk refers to them
  desk::Desk desk;
};

}  // namespace umsops::cli
