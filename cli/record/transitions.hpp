// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "cli/env.hpp"
#include "cli/record/kind.hpp"

namespace umsops::cli::record {

/// One line of a transition table, in the words of its noun.
struct Move {
  std::string_view from, act, to;
  std::string_view needs = {};             ///< what the act requires; empty: nothing
  std::optional<base::TimePoint> at = {};  ///< when it happens by itself
};
/// Whether some moves of the noun happen by themselves: then each says when.
enum class Timed { no, yes };
/// Gives all moves to `visit`.
using EachMove = std::function<void(std::function<void(Move const&)> const& visit)>;
/// The state of the record of that id.
using StateOf = std::function<std::string_view(std::string const& id)>;

/// `transitions`: all moves, or those from the state of the record that the call names.
int write_transitions(Env& env, Call const& call, StateOf const& state, EachMove const& moves, Timed timed = Timed::no);

}  // namespace umsops::cli::record
