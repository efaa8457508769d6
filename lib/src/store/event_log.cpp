// SPDX-License-Identifier: Apache-2.0
#include "store/event_log.hpp"

#include "model/changes.hpp"
#include "store/chain.hpp"
#include "store/listing.hpp"
#include "store/record_row.hpp"
#include "store/record_table.hpp"
#include "umsops/base/error.hpp"

namespace umsops::store {
namespace {

/// No index finds events by actor. The bound keeps the search short for an actor who changed nothing lately.
constexpr std::int64_t kNewest = 10'000;
constexpr std::string_view kHead = "SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1";
constexpr std::string_view kLastRecord =
    "SELECT record_id FROM events WHERE seq > (SELECT coalesce(max(seq), 0) FROM events) - $1 "
    "AND noun = $2 AND actor = $3 AND record_id IS NOT NULL ORDER BY seq DESC LIMIT 1";

/// The hash that the record has now: parts stored after its last change are in it.
std::string current_hash(Connection& db, model::Event const& event, std::string const& state_hash) {
  RecordTable const* const table = db.schema().find(event.noun);
  if (state_hash.empty() || !table) return state_hash;
  std::string hash = state_hash_of(db, *table, event.record_id);
  return hash.empty() ? state_hash : hash;
}

/// A first event's changes are the record's own values. Where the record is gone they stay empty: telling of that is
/// the business of verifying.
void complete_first(Connection& db, std::vector<model::Event>& events) {
  if (events.empty() || !events.front().first) return;
  RecordTable const* const table = db.schema().find(events.front().noun);
  auto const columns = table ? find_record(db, *table, By::id, events.front().record_id) : std::nullopt;
  if (columns) model::complete_first_event(table->type, events, to_row(*table, *columns));
}

model::Event first_of(std::vector<model::Event> events, model::Event const& otherwise) {
  for (auto& event : events) {
    if (event.seq == otherwise.seq) return std::move(event);
  }
  return otherwise;
}

void insert(Connection& db, EventRow const& row) {
  static std::string const sql =
      "INSERT INTO events(" + std::string(kEventColumns) + ") VALUES (" + parameter_list(kEventColumnCount) + ")";
  auto const text = [](std::string const& s) { return std::string_view(s); };
  Reading insert(db.prepare(sql));
  insert->bind(1, row.seq).bind(2, row.at).bind_optional(3, row.actor).bind_optional(4, row.login);
  insert->bind(5, text(row.command)).bind(6, text(row.noun)).bind_optional(7, row.record_id).bind(8, text(row.kind));
  insert->bind(9, row.rev).bind_optional(10, row.reason).bind_optional(11, row.rules_version);
  insert->bind_optional(12, row.changes).bind_optional(13, row.private_values).bind_optional(14, row.salt);
  insert->bind_optional(15, row.digests).bind(16, text(row.state_hash)).bind(17, text(row.previous_hash));
  insert->bind(18, text(row.hash)).step();
}

Listing event_listing() {
  return {.type = &model::event_type(),
          .table = "events",
          .columns = kEventColumns,
          .column_count = kEventColumnCount,
          .place = "seq"};
}

}  // namespace

void append_event(WriteTx& tx, model::Event& event, std::string const& state_hash, base::IdSource& ids) {
  tx.take_turn();
  Connection& db = tx.connection();
  // Kept from event to event: nobody else can append while this transaction has its turn.
  Head const head = tx.places().head ? *tx.places().head : chain_head(db);
  EventRow row = to_event_row(event, ids);
  row.seq = head.seq + 1;
  row.previous_hash = head.hash;
  // A part stored after the record was updated has changed its hash once more.
  row.state_hash = tx.has_parts() ? current_hash(db, event, state_hash) : state_hash;
  row.hash = chain_hash(row);
  insert(db, row);
  event.seq = row.seq;
  event.previous_hash = row.previous_hash;
  event.hash = row.hash;
  tx.places().head = {row.seq, row.hash};
}

std::vector<model::Event> events_of(Connection& db, std::string_view noun, std::string_view record_id) {
  static std::string const sql =
      "SELECT " + std::string(kEventColumns) + " FROM events WHERE record_id = $1 AND noun = $2 ORDER BY seq";
  Reading rows(db.prepare(sql));
  rows->bind(1, record_id).bind(2, noun);
  std::vector<model::Event> events;
  while (rows->step()) events.push_back(to_event(read_event_row(*rows), db.schema()));
  complete_first(db, events);
  return events;
}

std::int64_t last_event_of(Connection& db, std::string_view noun, std::string_view record_id) {
  Reading row(db.prepare("SELECT max(seq) FROM events WHERE record_id = $1 AND noun = $2"));
  row->bind(1, record_id).bind(2, noun);
  return row->step() ? row->integer(0) : 0;
}

Rest list_events(Connection& db, query::Query const& query, std::function<bool(model::Event const&)> const& visit) {
  return list_rows(db, event_listing(), query, [&](Statement const& row) {
    model::Event event = to_event(read_event_row(row), db.schema());
    // What a first event set is not stored with it. It follows from the record and all its later events.
    return visit(event.first ? first_of(events_of(db, event.noun, event.record_id), event) : event);
  });
}

std::optional<std::string> last_record_of(Connection& db, std::string_view noun, std::string_view actor) {
  Reading row(db.prepare(kLastRecord));
  row->bind(1, kNewest).bind(2, noun).bind(3, actor);
  if (!row->step()) return std::nullopt;
  return row->text(0);
}

Head chain_head(Connection& db) {
  Reading row(db.prepare(kHead));
  if (!row->step()) return {0, std::string(kNoHash)};
  return {row->integer(0), row->text(1)};
}

}  // namespace umsops::store
