// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "store/personal_columns.hpp"
#include "store/store.hpp"
#include "umsops/desk/privacy_desk.hpp"

/// Where the store names a person.
namespace umsops::desk {

/// A row beside the records.
struct FoundPart {
  store::PersonalTable const* table = nullptr;
  store::Values row;       ///< as it is stored, without the bytes of a file
  std::int64_t event = 0;  ///< that vouches for it; 0: none does
  bool whole = false;      ///< all of its words go: it is theirs, or of a ticket of theirs
};

/// Names of values of an event, by its place.
using FoundValues = std::map<std::int64_t, std::set<std::string>>;

struct FoundRecord {
  bool whole = false;  ///< a ticket of theirs: all of its words go
  bool entry = false;  ///< their entry in the directory
  bool named = false;  ///< its own fields name them
  std::vector<FoundPart> parts;
  FoundValues values;
  /// Of a ticket that goes because it is old: who asked, watches or wrote, without staff. Otherwise it is the one
  /// person.
  model::PersonNames people = {};
};

using RecordKey = std::pair<std::string, std::int64_t>;  ///< noun and place

struct Found {
  std::map<RecordKey, FoundRecord> records;
  std::vector<FoundPart> loose;  ///< rows that no record's event vouches for
  FoundValues loose_values;      ///< of events about no record
  std::vector<std::size_t> by_name;
  std::vector<std::string> open;   ///< numbers of open records that are theirs or assigned to them
  std::int64_t open_history = 0;   ///< entries of the history that name them in the open
  std::int64_t runbook_texts = 0;  ///< executions whose runbook names them
  bool empty() const { return records.empty() && loose.empty() && loose_values.empty(); }
};

/// All of it. `staff` of the person is filled in on the way: what staff wrote on tickets of others stays as it is but
/// for their name.
Found find_person(OpenDesk& desk, store::Connection& db, Person& person, std::set<std::int64_t> const& entries);
/// These tickets as a whole, whoever asked.
Found find_tickets(store::Connection& db, std::vector<std::int64_t> const& places);

/// What it is, counted, in the order in which it is told.
std::vector<PlaceCount> places_of(Found const& found);

void add_counts(std::vector<PlaceCount>& sum, std::vector<PlaceCount> const& more);

/// The column of a row of that table.
std::size_t column_at(store::Table const& table, std::string_view name);

}  // namespace umsops::desk
