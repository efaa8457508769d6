// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/env.hpp"
#include "cli/record/kind.hpp"

namespace umsops::cli::record {

/// The ids of the call, those of standard input in the place of `-`.
std::vector<std::string> ids_of(Kind const& kind, Env& env, Call const& call);
/// Asks before so many records are changed, unless --yes is given. Throws `usage.confirm` where nobody can be asked.
void confirm(Env& env, Call const& call, std::size_t count);
/// The same where that is more than 20.
void confirm_many(Env& env, Call const& call, std::size_t count);
/// The ids to change; asks before more than 20 records are changed. Throws `usage.confirm` where nobody can be asked.
/// No ids on standard input: nothing to do.
std::vector<std::string> confirmed_ids(Kind const& kind, Env& env, Call const& call);

/// Calls `find` with each id. Gives what was thrown for those that are not there; a single one throws it itself.
std::vector<base::Error> find_each(std::vector<std::string> const& ids,
                                   std::function<void(std::string const& id)> const& find);
/// After the others were written: tells of those that are not there. Throws `batch.partial` when there are any.
void tell_missing(Env& env, std::vector<base::Error> const& missing, std::size_t total);

}  // namespace umsops::cli::record
