// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unordered_map>

#include "desk/open_desk.hpp"
#include "desk/privacy_found.hpp"

namespace umsops::desk {

/// How many stored rows each event vouches for: while there are any its salt is needed. Looked for once in a run of
/// many portions.
struct Vouching {
  std::unordered_map<std::int64_t, std::int64_t> rows;
  std::int64_t known_to = 0;  ///< later events may all do so

  bool is_known() const { return known_to != 0; }
};

/// How what was found is taken out.
struct ErasureOrder {
  model::PersonNames const& names;
  std::vector<std::string> people;  ///< numbers of the directory, for the event
  bool keep_statistics = false;
  std::string stand_in;  ///< in the place of a person that stands alone; empty: nothing
  std::string nameless;  ///< what the entry in the directory is called from then on
  std::string reason;
};

struct Erased {
  std::int64_t values = 0, event = 0;
  std::unordered_map<std::int64_t, std::int64_t> withdrawn;  ///< rows that events do not vouch for any more
};
/// Takes all of it out, with an event for each record and one that tells of all. What is withdrawn is taken off the
/// `vouching` by the caller, once it is stored: a transaction may run again.
Erased erase_found(OpenDesk& desk, store::WriteTx& tx, Found const& found, ErasureOrder const& order,
                   Vouching& vouching);

}  // namespace umsops::desk
