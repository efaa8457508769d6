// SPDX-License-Identifier: Apache-2.0
#include "store/silences.hpp"

#include <algorithm>

#include "store/bound_rows.hpp"
#include "store/chain.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/json.hpp"

namespace umsops::store {
namespace {

using mute::Silence;

constexpr std::string_view kColumns =
    "n, matchers, starts_at, ends_at, incident, intervals, comment, created_at, created_by";
constexpr int kColumnCount = 9;

/// `Silence::state` as SQL.
constexpr std::string_view kState =
    "(CASE WHEN starts_at > $now THEN 'PENDING' WHEN ends_at <= $now THEN 'EXPIRED' ELSE 'ACTIVE' END)";

std::string computed_sql(Schema const&, base::Field const& field) {
  if (field.name == "state") return std::string(kState);
  return field.name == "id" ? "('S-' || n)" : "";
}

Values values_of(Silence const& silence) {
  return {*mute::parse_silence_id(silence.id),
          mute::to_value(silence.matchers),
          silence.starts_at,
          silence.ends_at ? base::Value(*silence.ends_at) : base::Value(),
          silence.incident,
          mute::to_value(silence.intervals),
          silence.comment,
          silence.created_at,
          silence.created_by};
}

base::Value json_at(Statement const& row, int column) {
  return row.is_null(column) ? base::Value() : base::parse_json(row.text(column), "silences", kStoredJson);
}

Silence read(Statement const& row) {
  Silence out;
  out.id = mute::silence_id(row.integer(0));
  out.matchers = mute::stored_matchers(json_at(row, 1));
  out.starts_at = row.time_at(2);
  if (!row.is_null(3)) out.ends_at = row.time_at(3);
  out.incident = row.text(4);
  out.intervals = mute::intervals_from_value(json_at(row, 5));
  out.comment = row.text(6);
  out.created_at = row.time_at(7);
  out.created_by = row.text(8);
  return out;
}

std::string select(std::string_view rest) {
  return std::string("SELECT ").append(kColumns).append(" FROM silences WHERE ").append(rest);
}

}  // namespace

void insert_silence(WriteTx& tx, Silence& silence) {
  tx.take_turn();
  silence.id = mute::silence_id(place_after(tx.connection().number("SELECT coalesce(max(n), 0) FROM silences")));
  insert_bound(tx, kSilences, values_of(silence));
}

void replace_silence(WriteTx& tx, Silence const& silence) {
  tx.take_turn();
  replace_bound(tx, kSilences, values_of(silence));
}

void insert_silence_key(WriteTx& tx, std::string_view key, Silence const& silence, std::string_view content_hash) {
  insert_bound(
      tx, kKeys,
      {mute::silence_type().noun, key, *mute::parse_silence_id(silence.id), base::from_hex(content_hash).value_or("")});
}

std::optional<Silence> find_silence(Connection& db, std::int64_t number) {
  Reading row(db.prepare(select("n = $1")));
  row->bind(1, number);
  return row->step() ? std::optional(read(*row)) : std::nullopt;
}

std::vector<Silence> unended_silences(Connection& db, base::TimePoint now) {
  // Without an order of the engine's: for its sake SQLite would read all that ever were.
  Reading rows(db.prepare_walk(select("ends_at > $1 OR ends_at IS NULL")));
  rows->bind(1, now);
  std::vector<Silence> found;
  while (rows->step()) found.push_back(read(*rows));
  std::sort(found.begin(), found.end(), [](Silence const& a, Silence const& b) {
    return mute::parse_silence_id(a.id) < mute::parse_silence_id(b.id);
  });
  return found;
}

Rest list_silences(Connection& db, query::Query const& query, std::function<bool(Silence const&)> const& visit) {
  auto const& type = mute::silence_type();
  Listing const listing{.type = &type,
                        .table = "silences",
                        .columns = kColumns,
                        .column_count = kColumnCount,
                        .place = "n",
                        .sort = {{type.require("created_at"), true}},
                        .computed = computed_sql};
  return list_rows(db, listing, query, [&](Statement const& row) { return visit(read(row)); });
}

std::int64_t count_silences(Connection& db, query::Filter const& filter) {
  Parameters parameters;
  std::string const where = filter_sql(db, mute::silence_type(), filter, parameters, computed_sql);
  Reading row(db.prepare("SELECT count(*) FROM silences WHERE " + where));
  parameters.bind(*row);
  row->step();
  return row->integer(0);
}

}  // namespace umsops::store
