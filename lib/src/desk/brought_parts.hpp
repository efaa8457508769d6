// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "desk/find.hpp"
#include "desk/import_parts.hpp"
#include "desk/import_walk.hpp"
#include "umsops/model/event.hpp"

namespace umsops::desk {

/// What the records of an import bring beside their fields, their responses and their history. Links that cannot be
/// made yet wait for the end.
class BroughtParts {
 public:
  /// Stores what is not here yet; true: something was not.
  bool bring(store::WriteTx& tx, model::Ref const& record, std::string const& number, std::int64_t line,
             ImportedParts const& parts);
  /// The links to records that came later. One that leads nowhere is refused as a record of its own, which can be
  /// imported once the other one is there.
  void finish(OpenDesk& desk, store::WriteTx& tx, ImportTally& tally);
  /// What a history tells of links that were taken away.
  static void erase_unlinked(store::WriteTx& tx, model::Ref const& record, std::span<model::Event const> told);

 private:
  struct Waiting {
    std::int64_t line;
    model::Ref record;
    std::string number;
    RecordLink link;
  };
  static bool bring_link(store::WriteTx& tx, Waiting const& wanted);
  static ImportRecord as_record(Waiting const& waiting);

  std::vector<Waiting> waiting_;
};

}  // namespace umsops::desk
