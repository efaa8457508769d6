// SPDX-License-Identifier: Apache-2.0
// What the transition tables of all nouns have in common.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "umsops/base/error.hpp"

namespace umsops::lifecycle {

/// The states that a table reaches from `from` in one move, without `from` itself, in the order of the states.
template <class Move, class Status>
std::vector<Status> reachable_in(std::span<Move const> moves, Status from) {
  std::vector<Status> found;
  for (Move const& move : moves) {
    if (move.from == from && move.to != from) found.push_back(move.to);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

/// The noun's error for a move that the table does not have, with the states that are allowed; `none` stands for no
/// state at all.
template <class Status>
[[noreturn]] void refuse_move_of(base::ErrorCode const& code, std::string const& number, Status from, Status to,
                                 std::string const& none) {
  std::string allowed;
  base::Value::List list;
  for (Status const next : reachable(from)) {
    allowed += (allowed.empty() ? "" : " ") + std::string(to_string(next));
    list.emplace_back(to_string(next));
  }
  base::Value detail;
  detail.add("from", to_string(from));
  detail.add("to", to_string(to));
  detail.add("allowed", std::move(list));
  throw base::Error(code, {{"id", number},
                           {"from", std::string(to_string(from))},
                           {"to", std::string(to_string(to))},
                           {"allowed", allowed.empty() ? none : allowed}})
      .detail(std::move(detail));
}

}  // namespace umsops::lifecycle
