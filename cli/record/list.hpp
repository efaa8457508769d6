// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "cli/env.hpp"
#include "cli/record/kind.hpp"
#include "umsops/config/desk_files.hpp"

namespace umsops::cli::record {

/// Takes one record; false: no more of them.
using Visit = std::function<bool(base::Row const&)>;
/// Where the records of a list come from.
struct Listed {
  std::function<desk::ListEnd(query::Query const&, Visit const&)> each;
  std::function<std::int64_t(query::Filter const&)> count;
  bool all_is_wider = false;  ///< --all means more records here, not only all lines: --limit may stand beside it
};

/// The filter, order and limit that the flags of `list` and `export` describe.
query::Query listing(Kind const& kind, Env& env, Call const& call);
/// The same on top of a saved list, whose order and limit the flags replace.
query::Query listing(Kind const& kind, Env& env, Call const& call, std::optional<config::View> const& view);
/// `list`: every record that the flags leave. Throws `condition.true` where --fail-if-any or --fail-if-empty asks for
/// it.
int write_list(Kind const& kind, Env& env, Call const& call, Listed const& records);
/// `history`: every change of one record.
int write_history(Env& env, std::vector<model::Event> const& events);

}  // namespace umsops::cli::record
