// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "store/connection.hpp"

namespace umsops::store {

struct RecordTable;

/// Indexes of a transaction that adds many records to few. Those that nothing is looked up by while records are added
/// are taken away, and made again at its end: a sorted build costs a third of keeping them row by row. Nobody else sees
/// the transaction without them, and a rollback brings them back.
class LateIndexes {
 public:
  /// Comes before each insert. `last` is the greatest `n` so far.
  void expect_record(Connection& db, RecordTable const& table, std::int64_t last);
  /// Comes before the commit.
  void build(Connection& db);

 private:
  /// Fewer cost less to add than the indexes to make again.
  static constexpr std::int64_t kMany = 1000;

  struct Growth {
    std::int64_t before;  ///< at least as many records as there were
    std::int64_t added = 0;
  };
  std::map<RecordTable const*, Growth> growth_;
  std::vector<std::string> sql_;
};

}  // namespace umsops::store
