// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "store/listing.hpp"
#include "store/record_table.hpp"
#include "store/store.hpp"
#include "umsops/base/id_source.hpp"
#include "umsops/model/event.hpp"
#include "umsops/query/query.hpp"

namespace umsops::store {

/// Appends one event to the chain. Fills in `seq`, `previous_hash`, `hash` and the actor's `db_user`. `state` is the
/// text of the record's state after the change (`insert_record`); empty for events that leave it as it was, or concern
/// no record. It vouches for the rows that were stored since the last event (store/bound_rows.hpp).
void append_event(WriteTx& tx, model::Event& event, std::string const& state, base::IdSource& ids);

/// The same for the first event of a record that was just inserted, as `record`, and brought nothing else, where many
/// such events come in a row: they are stored a little later. Nothing is filled in, and nobody may read events of the
/// transaction's before `finish_events`.
void append_first_event(WriteTx& tx, model::Event event, RecordTable const& table, StoredRow record,
                        base::IdSource& ids);
/// Stores what `append_first_event` left for later. The next event and the commit do so, too.
void finish_events(WriteTx& tx);

/// Oldest first.
std::vector<model::Event> events_of(Connection& db, std::string_view noun, std::string_view record_id);
/// Place in the chain of the record's newest event; 0: it has none.
std::int64_t last_event_of(Connection& db, std::string_view noun, std::string_view record_id);
/// By default oldest first.
Rest list_events(Connection& db, query::Query const& query, std::function<bool(model::Event const&)> const& visit);
/// `n` of the record of that noun which this actor changed last, among the newest 10,000 events; 0: none.
std::int64_t last_record_of(Connection& db, std::string_view noun, std::string_view actor);

Head chain_head(Connection& db);

/// One thing wrong.
struct Flaw {
  std::string what, record, problem;
};
/// What is true of a history, flawed or not.
struct HistoryFigures {
  std::int64_t events = 0;
  std::int64_t erased_values = 0;  ///< gone, as an event tells
  std::int64_t backwards = 0;      ///< events that are earlier than the one before about the same record
  std::int64_t first_backwards = 0;
  std::int64_t given_times = 0;  ///< events whose time was given
  std::int64_t keyed_from = 0;   ///< first event whose hash was made with a key; 0: none
};
/// Walks the whole chain and every record; reports each flaw. `key`: of the chain; empty: none is known, and hashes
/// that were made with one are not checked.
HistoryFigures verify_history(Connection& db, std::optional<Head> const& against, std::string_view key,
                              std::function<void(Flaw const&)> const& report);

}  // namespace umsops::store
