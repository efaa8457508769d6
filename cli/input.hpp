// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/env.hpp"
#include "umsops/query/query.hpp"

/// What commands take from flags, files and the editor.
namespace umsops::cli {

/// A time flag as an instant: the beginning of a span for --since, its end for --until and --to.
std::optional<base::TimePoint> time_flag(Env& env, Call const& call, std::string_view flag);
/// The moment of a flag that a wait ends with: `tomorrow` is over as the day begins, whatever the flag is called.
std::optional<base::TimePoint> moment_flag(Env& env, Call const& call, std::string_view flag);
/// What every --where says of records of that type; without one: all of them.
query::Filter where_filter(Env& env, Call const& call, base::RecordType const& type);
/// The text of --body, --body-file or --edit; nullopt: none of them was given.
std::optional<std::string> body_of(Env& env, Call const& call, std::string const& initial = {});
/// Says on a terminal that something is to be typed.
void announce_input(Env const& env);

}  // namespace umsops::cli
