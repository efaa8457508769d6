// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "desk/open_desk.hpp"
#include "umsops/base/error.hpp"
#include "umsops/desk/record_desk.hpp"

namespace umsops::desk {

/// Whether the error lies in the one item that was worked on, so that the others can go on: the store itself is well.
bool concerns_one_item(base::Error const& error);

/// Changes the records that the ids name, each once: `edit(tx, id)` changes one and gives a `Done`, which is told of
/// the dry run and of what hooks said. In an atomic batch the first error stops it and nothing stays; otherwise each
/// item is a transaction, and its own error is its outcome. An interruption stops either between two items; the error
/// then says how many were stored.
template <class Done, class Edit>
std::vector<Outcome<Done>> run_batch(OpenDesk& desk, std::vector<std::string> const& ids, ChangeOptions const& options,
                                     Batch how, Edit&& edit) {
  auto const one = [&](store::WriteTx& tx, std::string const& id) {
    desk.check_interrupted();
    if (options.dry_run) tx.discard();
    Done done = edit(tx, id);
    done.dry_run = options.dry_run;
    for (auto& line : desk.hooks().take_feedback()) done.warnings.push_back(std::move(line));
    return done;
  };
  auto const all = once_each(ids);
  std::vector<Outcome<Done>> outcomes;
  if (how == Batch::atomic) {
    return desk.write([&](store::WriteTx& tx) {
      outcomes.clear();
      for (auto const& id : all) outcomes.push_back({id, one(tx, id), std::nullopt});
      return std::move(outcomes);
    });
  }
  std::int64_t stored = 0;
  for (auto const& id : all) {
    try {
      outcomes.push_back({id, desk.write([&](store::WriteTx& tx) { return one(tx, id); }), std::nullopt});
      stored += outcomes.back().done->result != Result::unchanged && !options.dry_run ? 1 : 0;
    } catch (base::Error& error) {
      if (!concerns_one_item(error)) throw error.stored(stored);
      outcomes.push_back({id, std::nullopt, error});
    }
  }
  return outcomes;
}

}  // namespace umsops::desk
