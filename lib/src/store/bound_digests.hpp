// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "store/chain.hpp"
#include "store/event_log.hpp"

namespace umsops::store {

/// The digests that events vouch for, against the rows that are stored: each row has its event, and each digest that no
/// later event withdrew has its row. Keeps 24 bytes a row.
class BoundDigests {
 public:
  /// Takes what the event vouches for. False: it is unreadable.
  bool take(EventRow const& event);
  /// After the last event.
  void verify(Connection& db, std::function<void(Flaw const&)> const& report);

 private:
  struct Entry {
    std::array<char, 16> digest;
    std::int64_t seq;
    auto operator<=>(Entry const&) const = default;  // NOLINT(modernize-use-nullptr): the zero is the compiler's own
  };
  void drop_withdrawn();
  void verify_table(Connection& db, Table const& table, std::function<void(Flaw const&)> const& report);

  std::vector<Entry> made_;
  std::vector<std::array<char, 16>> withdrawn_;
  std::vector<bool> found_;
};

}  // namespace umsops::store
