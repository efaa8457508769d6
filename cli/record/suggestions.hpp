// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "cli/record/answer.hpp"
#include "umsops/desk/suggestion.hpp"

namespace umsops::cli::record {

inline constexpr std::string_view kSuggestFlag = "suggest";
/// Whether the call wants to know what may help: not with -q, which prints numbers alone.
bool wants_suggestions(Env const& env, Call const& call);
/// Tells of articles that may help: `suggestions` to programs, a line each to people. Nothing where there are none.
void tell_suggestions(Env const& env, std::vector<desk::Suggestion> const& suggestions, Answer& answer);

}  // namespace umsops::cli::record
