// SPDX-License-Identifier: Apache-2.0
#include "store/event_log.hpp"

#include "model/changes.hpp"
#include "store/bound_rows.hpp"
#include "store/chain.hpp"
#include "store/late_events.hpp"
#include "store/listing.hpp"
#include "store/record_row.hpp"
#include "store/record_table.hpp"
#include "umsops/base/hash.hpp"

namespace umsops::store {
namespace {

/// No index finds events by actor. The bound keeps the search short for an actor who changed nothing lately.
constexpr std::int64_t kNewest = 10'000;
constexpr std::string_view kHead = "SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1";
constexpr std::string_view kLastRecord =
    "SELECT record FROM events WHERE seq > (SELECT coalesce(max(seq), 0) FROM events) - $1 "
    "AND noun = $2 AND actor = $3 AND record IS NOT NULL ORDER BY seq DESC LIMIT 1";

/// `record_id` of the current row, in SQL: the id of the record of its noun.
std::string record_id_sql(Schema const& schema) {
  std::string sql = "(CASE events.noun";
  for (RecordTable const* table : schema.records) {
    sql.append(" WHEN '").append(table->type.noun).append("' THEN (SELECT t.id FROM ").append(table->name);
    sql.append(" AS t WHERE t.n = events.record)");
  }
  return sql + " END)";
}

std::string computed_sql(Schema const& schema, base::Field const& field) {
  return field.name == "record_id" ? record_id_sql(schema) : std::string();
}

/// What `read_event` reads.
std::string selected(Schema const& schema) {
  return event_column_list() + ", " + record_id_sql(schema) +
         ", (SELECT b.hash FROM events AS b WHERE b.seq = events.seq - 1)";
}

model::Event read_event(Statement const& row, Schema const& schema) {
  model::Event event = to_event(read_event_row(row), schema);
  event.record_id = row.text(event_column_count());
  std::string const before = row.bytes(event_column_count() + 1);
  event.previous_hash = base::to_hex(before.empty() ? no_hash() : before);
  return event;
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

/// The end of the chain, where the event goes.
EventPlace place_event(WriteTx& tx, model::Event const& event) {
  EventPlace place{tx.next_event()};
  RecordTable const* const table = tx.connection().schema().find(event.noun);
  if (!table || event.record_id.empty()) return place;
  RecordPlace const record = take_in_hand(tx, *table, event.record_id);
  tx.in_hand().last_event = place.seq;
  return {place.seq, record.n, record.last_event};
}

void insert_event_rows(Connection& db, std::vector<EventRow> const& rows) {
  for (EventRow const& row : rows) insert_event_row(db, row);
}

}  // namespace

void append_event(WriteTx& tx, model::Event& event, std::string const& state, base::IdSource& ids) {
  tx.take_turn();
  finish_events(tx);
  event.actor.db_user = tx.places().db_user;
  EventRow row = to_event_row(event, place_event(tx, event), ids.next_salt());
  row.bound = bound_entries(tx.unbound(), tx.unbound().empty() ? std::string() : salt_of(row, kRowsSalt));
  seal_event(row, state, tx.head().hash, tx.audit_key());
  insert_event_row(tx.connection(), row);
  event.seq = row.seq;
  event.previous_hash = base::to_hex(tx.head().hash);
  event.hash = base::to_hex(row.hash);
  tx.head() = {row.seq, row.hash};
  tx.unbound() = {};
}

void append_first_event(WriteTx& tx, model::Event event, RecordTable const& table, StoredRow record,
                        base::IdSource& ids) {
  auto& late = tx.late_events();
  event.actor.db_user = tx.places().db_user;
  if (!late) late = std::make_unique<LateEvents>(tx.head().hash, tx.audit_key());
  EventPlace const place = place_event(tx, event);
  tx.head() = {place.seq, {}};  // the hash is known when they are finished
  late->add({std::move(event), place, ids.next_salt(), &table, std::move(record)});
  insert_event_rows(tx.connection(), late->take_ready());
}

void finish_events(WriteTx& tx) {
  auto& late = tx.late_events();
  if (!late) return;
  insert_event_rows(tx.connection(), late->take_rest());
  tx.head().hash = late->hash();
  late.reset();
}

std::vector<model::Event> events_of(Connection& db, std::string_view noun, std::string_view record_id) {
  RecordTable const* const table = db.schema().find(noun);
  std::int64_t const last = table ? find_place(db, *table, record_id).last_event : 0;
  Reading rows(db.prepare(std::string(kEventsOfRecord) + "SELECT " + selected(db.schema()) +
                          " FROM events_of AS o JOIN events ON events.seq = o.seq ORDER BY o.seq"));
  rows->bind(1, last);
  std::vector<model::Event> events;
  while (rows->step()) events.push_back(read_event(*rows, db.schema()));
  complete_first(db, events);
  return events;
}

std::int64_t last_event_of(Connection& db, std::string_view noun, std::string_view record_id) {
  RecordTable const* const table = db.schema().find(noun);
  return table ? find_place(db, *table, record_id).last_event : 0;
}

Rest list_events(Connection& db, query::Query const& query, std::function<bool(model::Event const&)> const& visit) {
  std::string const columns = selected(db.schema());
  Listing const listing{.type = &model::event_type(),
                        .table = "events",
                        .columns = columns,
                        .column_count = event_column_count() + 2,
                        .place = "seq",
                        .computed = computed_sql};
  return list_rows(db, listing, query, [&](Statement const& row) {
    model::Event event = read_event(row, db.schema());
    // What a first event set is not stored with it. It follows from the record and all its later events.
    return visit(event.first ? first_of(events_of(db, event.noun, event.record_id), event) : event);
  });
}

std::int64_t last_record_of(Connection& db, std::string_view noun, std::string_view actor) {
  Reading row(db.prepare(kLastRecord));
  row->bind(1, kNewest).bind(2, noun).bind(3, actor);
  return row->step() ? row->integer(0) : 0;
}

Head chain_head(Connection& db) {
  Reading row(db.prepare(kHead));
  if (!row->step()) return {0, no_hash()};
  return {row->integer(0), row->bytes(1)};
}

}  // namespace umsops::store
