// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "desk/open_desk.hpp"

namespace umsops::desk {

/// A record as it was.
struct PastRecord {
  base::Row row;                      ///< by the fields of its type, computed ones for that time
  std::int64_t external_replies = 0;  ///< until then
};
/// What only reports know of a record (report/source.cpp).
base::Value extra_of(PastRecord const& record, std::string_view field);

/// The records of a noun that are not now what they were at `at`: their later events are taken back, one by one. What
/// is derived of a ticket's history is derived anew. Those that were not stored yet are left out.
class PastRecords {
 public:
  PastRecords(OpenDesk& desk, store::Connection& db, std::string_view noun, base::TimePoint at);

  /// It has changed since.
  bool has(std::string const& id) const { return records_.contains(id); }
  void each(std::function<void(PastRecord const&)> const& visit) const;

 private:
  struct Was {
    bool stored = true;
    PastRecord record;
  };
  std::unordered_map<std::string, Was> records_;
};

}  // namespace umsops::desk
