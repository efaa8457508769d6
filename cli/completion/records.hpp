// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/completion/candidates.hpp"
#include "cli/record/kind.hpp"
#include "umsops/base/field.hpp"

namespace umsops::cli {

/// The records that a command is about; tickets where it is about none.
base::RecordType const& type_for(Command const* command);

/// The newest few hundred records of a noun: a prompt does not wait for all.
void newest_records(Env& env, std::string_view noun, std::function<void(base::Row const&)> const& see);

/// Numbers that begin with what is typed, and the titles beside them, newest first.
using Complete = std::function<std::vector<std::pair<std::string, std::string>>(std::string const&, std::size_t)>;
/// Offers the numbers of those records whose state the verb can change; no states: of all.
void offer_records(Candidates& out, record::Kind const& kind, std::vector<base::Value> states,
                   Complete const& complete);

/// The states that the acts of these names leave, in a table of moves.
template <class Moves>
std::vector<base::Value> states_before(Moves const& moves, std::vector<std::string_view> const& acts) {
  std::vector<base::Value> states;
  for (auto const& move : moves) {
    for (auto const act : acts) {
      base::Value const state(to_string(move.from));
      bool const known = !states.empty() && states.back() == state;
      if (to_string(move.act) == act && !known) states.push_back(state);
    }
  }
  return states;
}

/// The verb of this noun that is completed, `resolve`; empty: the command is about another noun.
std::string_view verb_of(Candidates const& out, std::string_view noun);

}  // namespace umsops::cli
