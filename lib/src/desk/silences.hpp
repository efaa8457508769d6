// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "desk/open_desk.hpp"
#include "umsops/desk/silence_desk.hpp"

namespace umsops::desk {

/// Ends the silences that were to last until that incident is resolved, in the transaction that resolves it. `incident`
/// is what they were given when they were added. Gives them as they then are.
std::vector<mute::Silence> end_silences_of(OpenDesk& desk, store::WriteTx& tx, std::string const& incident,
                                           std::string const& reason);

}  // namespace umsops::desk
