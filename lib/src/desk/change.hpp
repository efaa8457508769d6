// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "desk/open_desk.hpp"
#include "store/record_table.hpp"
#include "umsops/model/event.hpp"
#include "umsops/model/ref.hpp"

namespace umsops::desk {

/// What the history says of a change, beside the fields that differ.
struct Told {
  std::string kind, reason;
  std::vector<model::Change> further = {};
};

/// An event of this desk about the record, ready to be appended.
model::Event event_of(OpenDesk const& desk, model::Ref const& record, std::int64_t rev, Told told);

/// Stores a changed record with the event that tells what differs. `after` is one revision on; both are sound, and what
/// is derived from the history is in `after` already. Throws Conflict when `before` is not what is stored any more.
void store_record(OpenDesk& desk, store::WriteTx& tx, store::RecordTable const& table, base::Row const& before,
                  base::Row const& after, Told told);

}  // namespace umsops::desk
