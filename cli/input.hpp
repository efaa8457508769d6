// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/env.hpp"

/// What commands take from flags, files, editor and standard input.
namespace umsops::cli {

/// A time flag as an instant: the beginning of a span for --since, its end for --until and --to.
std::optional<base::TimePoint> time_flag(Env& env, Call const& call, std::string_view flag);
/// The text of --body, --body-file or --edit; nullopt: none of them was given.
std::optional<std::string> body_of(Env& env, Call const& call, std::string const& initial = {});
/// The ids of the call, those of standard input in the place of `-`.
std::vector<std::string> ids_of(Env& env, Call const& call);
/// The ids to change; asks before more than 20 records are changed. Throws `usage.confirm` where nobody can be asked.
/// No ids on standard input: nothing to do.
std::vector<std::string> confirmed_ids(Env& env, Call const& call);

}  // namespace umsops::cli
