// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "desk/open_desk.hpp"
#include "store/tickets.hpp"
#include "umsops/base/error.hpp"
#include "umsops/desk/record_desk.hpp"

namespace umsops::desk {

/// How people name the records of one kind, and what they are told when that fails.
struct Subject {
  store::RecordTable const& table;  ///< its `not_found` is the first of these errors
  base::ErrorCode const& ambiguous;
  base::ErrorCode const& stale;
  NumberFormat const& (OpenDesk::*numbers)();
  /// Further forms that its numbers may have; null: none.
  std::vector<NumberFormat> (*other_numbers)(OpenDesk&) = nullptr;
};
Subject const& tickets();

[[noreturn]] void refuse_absent(Subject const& subject, std::string const& typed);
/// Throws the noun's `stale` when a change wants another revision than this one.
void refuse_stale(Subject const& subject, std::string const& number, std::int64_t rev, ChangeOptions const& options);

/// The record that was typed: number, internal id, unique beginning of one of them, or `@last` (the one this actor
/// changed last). Throws the noun's `not_found` or `ambiguous`.
store::Columns find_record(OpenDesk& desk, store::Connection& db, Subject const& subject, std::string const& typed);

inline model::Ticket find_ticket(OpenDesk& desk, store::Connection& db, std::string const& typed) {
  return store::to_ticket(find_record(desk, db, tickets(), typed));
}

}  // namespace umsops::desk
