// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unordered_set>

#include "desk/open_desk.hpp"
#include "desk/privacy_found.hpp"

namespace umsops::desk {

/// Events that vouch for rows which are stored, whose salts are needed: looked for once in a run of many portions.
struct Vouching {
  std::unordered_set<std::int64_t> events;
  std::int64_t known_to = 0;  ///< later ones may all do so

  bool is_known() const { return known_to != 0; }
  bool may(std::int64_t event) const { return event > known_to || events.contains(event); }
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
};
/// Takes all of it out, with an event for each record and one that tells of all.
Erased erase_found(OpenDesk& desk, store::WriteTx& tx, Found const& found, ErasureOrder const& order,
                   Vouching& vouching);

}  // namespace umsops::desk
