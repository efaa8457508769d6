// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "store/listing.hpp"
#include "store/store.hpp"
#include "umsops/base/id_source.hpp"
#include "umsops/model/event.hpp"
#include "umsops/query/query.hpp"

namespace umsops::store {

/// Appends one event to the chain. Fills in `seq`, `previous_hash` and `hash`. `state_hash` is that of the record after
/// the change (empty for events that concern no record).
void append_event(WriteTx& tx, model::Event& event, std::string const& state_hash, base::IdSource& ids);

/// Oldest first.
std::vector<model::Event> events_of(Connection& db, std::string_view noun, std::string_view record_id);
/// Place in the chain of the record's newest event; 0: it has none.
std::int64_t last_event_of(Connection& db, std::string_view noun, std::string_view record_id);
/// By default oldest first.
Rest list_events(Connection& db, query::Query const& query, std::function<bool(model::Event const&)> const& visit);
/// The record of that noun which this actor changed last, among the newest 10,000 events.
std::optional<std::string> last_record_of(Connection& db, std::string_view noun, std::string_view actor);

Head chain_head(Connection& db);

/// One thing wrong.
struct Flaw {
  std::string what, record, problem;
};
/// Walks the whole chain and every record; reports each flaw.
void verify_history(Connection& db, std::optional<Head> const& against, std::function<void(Flaw const&)> const& report);

}  // namespace umsops::store
