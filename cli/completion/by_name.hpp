// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/registry.hpp"

/// A flag's or an argument's name means the same everywhere, and so do the values that it can have.
namespace umsops::cli {

/// What to offer for a flag that says nothing of its own; null: nothing.
Offer offer_for(Flag const& flag, Command const* command);
/// The same for an argument.
Offer offer_for(Argument const& argument, Command const& command);

}  // namespace umsops::cli
