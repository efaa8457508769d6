// SPDX-License-Identifier: Apache-2.0
// Tickets and incidents in the search index. Who files or changes one writes nothing here: the index follows the
// history, and holds each record as it was after the last event that it has followed.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "store/record_table.hpp"
#include "store/search_index.hpp"
#include "umsops/model/ref.hpp"

namespace umsops::store {

/// A kind of records that is indexed behind its changes.
struct IndexedKind {
  SearchSpace space;
  RecordTable const& (*table)();
};
std::span<IndexedKind const> indexed_kinds();
/// Null: they are not searched in this way.
IndexedKind const* find_indexed_kind(std::string_view noun);

/// What of a record is indexed: title and description.
struct RecordText {
  std::int64_t n = 0, last_event = 0;
  std::string title, body;
  bool absent = false;  ///< it did not exist yet
  search::Document document() const { return {title, body, {}}; }
  bool same_text(RecordText const& other) const { return title == other.title && body == other.body; }
};
/// Of those records that there are, as they are now.
std::vector<RecordText> record_texts(Connection& db, RecordTable const& table, std::span<std::int64_t const> places);
/// Takes it back to what it was after that event. What was erased since is empty.
void take_back(Connection& db, RecordTable const& table, RecordText& text, std::int64_t event);

/// The last event that the index has followed; 0: none.
std::int64_t indexed_event(Connection& db);
/// Records of the kind that events behind `from`, up to `to`, are about, each once, in their order.
std::vector<std::int64_t> changed_records(Connection& db, SearchSpace space, std::int64_t from, std::int64_t to);

struct IndexedPortion {
  std::int64_t records = 0;  ///< that are indexed anew
  bool more = false;         ///< there are further events
};
/// Follows the next events of the history, at most so many.
IndexedPortion index_portion(WriteTx& tx, std::int64_t events);
/// Makes the index from all tickets and incidents, where there is none; how many are in it.
std::int64_t build_record_index(WriteTx& tx);
/// Takes the record out, as it was indexed; whoever erases its texts calls this before. It comes in again, as it is by
/// then, when the index follows the next event about it.
void forget_record(WriteTx& tx, model::Ref const& record);
/// The same for many of a kind, by their places.
void forget_records(WriteTx& tx, IndexedKind const& kind, std::span<std::int64_t const> places);
/// Holds the index against the records; one line for each thing that is wrong.
void check_record_index(Connection& db, std::function<void(std::string const& problem)> const& report);

}  // namespace umsops::store
