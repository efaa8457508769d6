// SPDX-License-Identifier: Apache-2.0
#include "store/outbox.hpp"

#include "store/table.hpp"

#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"

namespace umsops::store {
namespace {

using base::TimePoint;
using base::Value;
using model::Delivery;
using model::Message;
using model::MessageState;

/// The end of the year 9999: where messages lie that need no look any more.
constexpr std::int64_t kLooked = 253'402'300'799'000;

constexpr std::string_view kMessageColumns =
    "id, topic, noun, record, recipient, payload, state, attempts, last_error, created_at";
constexpr int kMessageColumnCount = 10;
constexpr std::string_view kDeliveryColumns =
    "id, noun, record, message, kind, audience, person, channel, address, language, state, next_attempt_at, lease, "
    "attempts, note, parcel, created_at, finished_at";

[[noreturn]] void damaged(std::string problem) {
  throw base::Error(base::errors::store_damaged, {{"problem", std::move(problem)}});
}

Message read_message(Statement const& row) {
  Message out;
  out.id = row.text(0);
  out.topic = row.text(1);
  out.noun = row.text(2);
  out.record = row.integer(3);
  out.recipient = row.text(4);
  if (!row.is_null(5)) out.payload = base::parse_json(row.text(5), "outbox", kStoredJson);
  auto const state = model::parse_message_state(row.text(6));
  if (!state) damaged("message " + out.id + " is in no known state");
  out.state = *state;
  out.attempts = row.integer(7);
  out.note = row.text(8);
  out.created_at = row.time_at(9);
  return out;
}

Values values_of(Message const& message) {
  bool const waiting = message.state == MessageState::waiting;
  return {waiting ? Value(message.created_at) : Value(kLooked),
          message.id,
          message.topic,
          message.noun,
          message.record,
          message.recipient,
          base::to_json(message.payload),
          model::to_string(message.state),
          message.attempts,
          message.note,
          message.created_at};
}

Delivery read_delivery(Statement const& row) {
  Delivery out;
  out.id = row.text(0);
  out.noun = row.text(1);
  out.record = row.integer(2);
  out.message = row.text(3);
  out.kind = row.text(4);
  out.audience = row.text(5);
  out.person = row.text(6);
  out.channel = row.text(7);
  out.address = row.text(8);
  out.language = row.text(9);
  auto const state = model::parse_delivery_state(row.text(10));
  if (!state) damaged("delivery " + out.id + " is in no known state");
  out.state = *state;
  out.next_attempt_at = row.time_at(11);
  out.lease = row.text(12);
  out.attempts = row.integer(13);
  out.note = row.text(14);
  out.parcel = row.text(15);
  out.created_at = row.time_at(16);
  if (!row.is_null(17)) out.finished_at = row.time_at(17);
  return out;
}

Values values_of(Delivery const& delivery) {
  return {delivery.id,
          delivery.noun,
          delivery.record,
          delivery.message,
          delivery.kind,
          delivery.audience,
          delivery.person,
          delivery.channel,
          delivery.address,
          delivery.language,
          model::to_string(delivery.state),
          delivery.next_attempt_at,
          delivery.lease,
          delivery.attempts,
          delivery.note,
          delivery.parcel,
          delivery.created_at,
          delivery.finished_at ? Value(*delivery.finished_at) : Value()};
}

std::string messages(std::string_view rest) {
  return std::string("SELECT ").append(kMessageColumns).append(" FROM outbox WHERE ").append(rest);
}

std::string deliveries(std::string_view rest) {
  return std::string("SELECT ").append(kDeliveryColumns).append(" FROM deliveries AS d WHERE ").append(rest);
}

std::vector<Delivery> all(Statement& rows) {
  std::vector<Delivery> found;
  while (rows.step()) found.push_back(read_delivery(rows));
  return found;
}

/// The beginning of all ids that are made from that time on: ten digits of a ULID.
std::string first_id_of(TimePoint at) {
  constexpr std::string_view kDigits = "0123456789abcdefghjkmnpqrstvwxyz";
  auto left = static_cast<std::uint64_t>(std::max<std::int64_t>(0, at.time_since_epoch().count()));
  std::string id(10, '0');
  for (auto digit = id.rbegin(); digit != id.rend(); ++digit, left /= 32) *digit = kDigits[left % 32];
  return id;
}

/// What needs no look any more lies in the order of ids, which begin with their times: none newer is read.
std::vector<std::string> old_messages(Connection& db, TimePoint before, std::size_t most) {
  Reading rows(db.prepare(
      "SELECT m.id FROM outbox AS m WHERE m.next_attempt_at = $1 AND m.id < $2 AND m.state IN ('SENT', 'DROPPED') AND "
      "NOT "
      "EXISTS (SELECT 1 FROM incidents AS i WHERE m.noun = 'incident' AND i.n = m.record AND i.status NOT IN "
      "('RESOLVED', 'CLOSED')) ORDER BY m.id LIMIT $3"));
  std::string const end = first_id_of(before);
  rows->bind(1, kLooked).bind(2, std::string_view(end)).bind(3, static_cast<std::int64_t>(most));
  std::vector<std::string> ids;
  while (rows->step()) ids.push_back(rows->text(0));
  return ids;
}

}  // namespace

std::vector<Message> waiting_messages(Connection& db, TimePoint now, std::size_t most) {
  static std::string const sql =
      messages("next_attempt_at <= $1 AND next_attempt_at < $2 ORDER BY next_attempt_at, id LIMIT $3");
  Reading rows(db.prepare(sql));
  rows->bind(1, now).bind(2, kLooked).bind(3, static_cast<std::int64_t>(most));
  std::vector<Message> found;
  while (rows->step()) found.push_back(read_message(*rows));
  return found;
}

std::vector<Message> messages_called(Connection& db, std::string_view prefix, std::size_t most) {
  // Behind the others they lie by id; of those that wait each is looked at.
  static std::string const looked = messages("next_attempt_at = $1 AND id >= $2 AND id < $3 ORDER BY id LIMIT $4");
  static std::string const waiting = messages("next_attempt_at < $1 AND id >= $2 AND id < $3 ORDER BY id LIMIT $4");
  std::string const end = end_of_prefix(prefix);
  std::vector<Message> found;
  for (auto const* const sql : {&looked, &waiting}) {
    Reading rows(db.prepare(*sql));
    rows->bind(1, kLooked).bind(2, prefix).bind(3, std::string_view(end)).bind(4, static_cast<std::int64_t>(most));
    while (rows->step()) found.push_back(read_message(*rows));
  }
  return found;
}

std::optional<Message> find_message(Connection& db, std::string const& id) {
  // One that has deliveries is looked at no more, and found at once; those that wait have to be gone through.
  static std::string const looked = messages("next_attempt_at = $1 AND id = $2");
  static std::string const waiting = messages("next_attempt_at < $1 AND id = $2");
  for (auto const* const sql : {&looked, &waiting}) {
    Reading row(db.prepare(*sql));
    row->bind(1, kLooked).bind(2, std::string_view(id));
    if (row->step()) return read_message(*row);
  }
  return std::nullopt;
}

void replace_message(WriteTx& tx, Message const& before, Message const& after) {
  tx.take_turn();
  auto const place = stored_value(values_of(before)[0]);
  Reading gone(tx.connection().prepare("DELETE FROM outbox WHERE next_attempt_at = $1 AND id = $2"));
  gone->bind_value(1, place).bind(2, std::string_view(before.id));
  gone->step();
  insert_hashed(tx.connection(), kOutbox, values_of(after));
}

Rest list_messages(Connection& db, query::Query const& query, std::function<bool(Message const&)> const& visit) {
  auto const& type = model::message_type();
  Listing const listing{.type = &type,
                        .table = "outbox",
                        .columns = kMessageColumns,
                        .column_count = kMessageColumnCount,
                        .place = "id",
                        .sort = {{type.require("created_at"), true}},
                        .text_place = true};
  return list_rows(db, listing, query, [&](Statement const& row) { return visit(read_message(row)); });
}

std::int64_t count_messages(Connection& db, query::Filter const& filter) {
  Parameters parameters;
  std::string const where = filter_sql(db, model::message_type(), filter, parameters, nullptr);
  Reading row(db.prepare("SELECT count(*) FROM outbox WHERE " + where));
  parameters.bind(*row);
  row->step();
  return row->integer(0);
}

MessageCounts message_counts(Connection& db) {
  MessageCounts out;
  Reading rows(
      db.prepare("SELECT state, count(*), min(created_at) FROM outbox WHERE state IN ('WAITING', 'SENDING', 'FAILED') "
                 "GROUP BY state"));
  while (rows->step()) {
    if (rows->text(0) == "FAILED") {
      out.failed = rows->integer(1);
      continue;
    }
    out.waiting += rows->integer(1);
    auto const since = rows->time_at(2);
    out.oldest_waiting = std::min(since, out.oldest_waiting.value_or(since));
  }
  return out;
}

bool has_old_messages(Connection& db, TimePoint before) { return !old_messages(db, before, 1).empty(); }

std::int64_t forget_messages(WriteTx& tx, TimePoint before, std::size_t most) {
  tx.take_turn();
  auto& db = tx.connection();
  auto const ids = old_messages(db, before, most);
  for (auto const& id : ids) {
    std::string const begin = id + "-", end = id + ".";  // the sign behind the dash
    Reading deliveries(db.prepare("DELETE FROM deliveries WHERE id >= $1 AND id < $2"));
    deliveries->bind(1, std::string_view(begin)).bind(2, std::string_view(end)).step();
    Reading message(db.prepare("DELETE FROM outbox WHERE next_attempt_at = $1 AND id = $2"));
    message->bind(1, kLooked).bind(2, std::string_view(id)).step();
  }
  return static_cast<std::int64_t>(ids.size());
}

void insert_delivery(WriteTx& tx, Delivery const& delivery) {
  tx.take_turn();
  insert_hashed(tx.connection(), kDeliveries, values_of(delivery));
}

void replace_delivery(WriteTx& tx, Delivery const& delivery) {
  tx.take_turn();
  insert_hashed(tx.connection(), kDeliveries, values_of(delivery),
                " ON CONFLICT (id) DO UPDATE SET state = excluded.state, next_attempt_at = excluded.next_attempt_at, "
                "lease = excluded.lease, attempts = excluded.attempts, note = excluded.note, parcel = excluded.parcel, "
                "finished_at = excluded.finished_at, row_hash = excluded.row_hash");
}

std::optional<Delivery> find_delivery(Connection& db, std::string const& id) {
  static std::string const sql = deliveries("id = $1");
  Reading row(db.prepare(sql));
  row->bind(1, std::string_view(id));
  return row->step() ? std::optional(read_delivery(*row)) : std::nullopt;
}

std::vector<Delivery> deliveries_of(Connection& db, std::string const& message) {
  static std::string const sql = deliveries("id >= $1 AND id < $2 ORDER BY id");
  Reading rows(db.prepare(sql));
  std::string const begin = message + "-", end = message + ".";  // the sign behind the dash
  rows->bind(1, std::string_view(begin)).bind(2, std::string_view(end));
  return all(*rows);
}

std::vector<Delivery> deliveries_about(Connection& db, std::string_view noun, std::int64_t record) {
  static std::string const sql = deliveries("noun = $1 AND record = $2 ORDER BY id");
  Reading rows(db.prepare(sql));
  rows->bind(1, noun).bind(2, record);
  return all(*rows);
}

std::vector<Delivery> due_deliveries(Connection& db, TimePoint now, std::size_t most,
                                     std::vector<std::string> const& without_channels) {
  std::string sql =
      "d.state = 'WAITING' AND d.next_attempt_at <= $1 AND NOT EXISTS (SELECT 1 FROM deliveries AS e WHERE e.noun = "
      "d.noun AND e.record = d.record AND e.id < d.id AND e.state = 'WAITING' AND e.channel = d.channel AND "
      "e.address = d.address)";
  int parameter = 2;
  for (std::size_t i = 0; i < without_channels.size(); ++i)
    sql.append(" AND d.channel <> $").append(std::to_string(++parameter));
  Reading rows(db.prepare(deliveries(sql + " ORDER BY d.next_attempt_at, d.id LIMIT $2")));
  rows->bind(1, now).bind(2, static_cast<std::int64_t>(most));
  parameter = 2;
  for (auto const& channel : without_channels) rows->bind(++parameter, std::string_view(channel));
  return all(*rows);
}

std::vector<Delivery> waiting_for_contact(Connection& db, std::string const& channel, std::string const& address,
                                          TimePoint now, std::size_t most) {
  static std::string const sql = deliveries(
      "d.state = 'WAITING' AND d.channel = $1 AND d.address = $2 AND (d.lease IS NULL OR "
      "d.next_attempt_at <= $3) ORDER BY d.id LIMIT $4");
  Reading rows(db.prepare(sql));
  rows->bind(1, std::string_view(channel)).bind(2, std::string_view(address)).bind(3, now);
  rows->bind(4, static_cast<std::int64_t>(most));
  return all(*rows);
}

std::vector<TimePoint> sent_to(Connection& db, std::string const& channel, std::string const& address,
                               TimePoint since) {
  Reading rows(
      db.prepare("SELECT finished_at FROM deliveries WHERE state = 'SENT' AND channel = $1 AND address = $2 AND "
                 "finished_at > $3 AND (parcel IS NULL OR parcel = id)"));
  rows->bind(1, std::string_view(channel)).bind(2, std::string_view(address)).bind(3, since);
  std::vector<TimePoint> found;
  while (rows->step()) found.push_back(rows->time_at(0));
  return found;
}

}  // namespace umsops::store
