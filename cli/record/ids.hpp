// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/env.hpp"
#include "cli/record/kind.hpp"

namespace umsops::cli::record {

/// The ids of the call, those of standard input in the place of `-`.
std::vector<std::string> ids_of(Kind const& kind, Env& env, Call const& call);
/// Asks before so many records are changed, unless --yes is given. Throws `usage.confirm` where nobody can be asked.
void confirm(Env& env, Call const& call, std::size_t count);
/// The ids to change; asks before more than 20 records are changed. Throws `usage.confirm` where nobody can be asked.
/// No ids on standard input: nothing to do.
std::vector<std::string> confirmed_ids(Kind const& kind, Env& env, Call const& call);

}  // namespace umsops::cli::record
