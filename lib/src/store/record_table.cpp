// SPDX-License-Identifier: Apache-2.0
#include "store/record_table.hpp"

#include <map>
#include <utility>

#include "store/record_row.hpp"
#include "umsops/base/hash.hpp"

namespace umsops::store {
namespace {

using Maker = std::string(RecordTable const& table);

/// SQL that is the same at each use, made at the first: most runs need one sentence or two.
std::string const& sentence(RecordTable const& table, Maker* make) {
  thread_local std::map<std::pair<RecordTable const*, Maker*>, std::string> made;
  auto const [place, fresh] = made.try_emplace({&table, make});
  if (fresh) place->second = make(table);
  return place->second;
}

/// What `read_stored` reads.
std::string stored_columns(RecordTable const& table) {
  return column_list(table) + ", n, " + std::string(table.parts_hash) + ", row_salt";
}

std::string insert_sql(RecordTable const& table) {
  std::string sql = "INSERT INTO " + std::string(table.name) + "(" + stored_columns(table) + ", row_hash";
  std::size_t count = table.columns.size() + 4;
  if (!table.derived_hash.empty()) {
    sql.append(", ").append(table.derived_hash);
    ++count;
  }
  return sql + ") VALUES (" + parameter_list(count) + ")";
}

std::string find_stored_sql(RecordTable const& table) {
  return "SELECT " + stored_columns(table) + " FROM " + std::string(table.name) + " WHERE id = $1";
}

std::string find_by_id_sql(RecordTable const& table) {
  return "SELECT " + column_list(table) + " FROM " + std::string(table.name) + " WHERE id = $1";
}

std::string find_by_number_sql(RecordTable const& table) {
  return "SELECT " + column_list(table) + " FROM " + std::string(table.name) + " WHERE " + number_column(table) +
         " = $1";
}

/// Each half is answered from an index of its own; an OR of both would read the table.
std::string find_by_prefix_sql(RecordTable const& table) {
  std::string const name(table.name), number(number_column(table));
  auto const half = [&](std::string const& column) {
    return "SELECT n FROM (SELECT n FROM " + name + " WHERE " + column + " >= $1 AND " + column + " < $2 ORDER BY " +
           column + " DESC LIMIT $3) AS by_" + column;
  };
  return "SELECT " + column_list(table) + " FROM " + name + " WHERE n IN (" + half("id") + " UNION ALL " +
         half(number) + ") ORDER BY n DESC LIMIT $3";
}

std::string state_hash_sql(RecordTable const& table) {
  return "SELECT row_hash FROM " + std::string(table.name) + " WHERE id = $1";
}

std::string last_place_sql(RecordTable const& table) {
  return "SELECT coalesce(max(n), 0) FROM " + std::string(table.name);
}

Counter& counter(WriteTx& tx, RecordTable const& table) {
  auto const records = tx.connection().schema().records;
  auto& counters = tx.places().counters;
  counters.resize(records.size());
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (records[i] == &table) return counters[i];
  }
  throw base::Error(base::errors::internal, {{"problem", std::string(table.name) + " is not in this store"}});
}

std::int64_t& last_number(WriteTx& tx, RecordTable const& table) {
  auto& known = counter(tx, table).number;
  if (!known) {
    Reading row(tx.connection().prepare("SELECT value FROM sequences WHERE name = $1"));
    row->bind(1, table.type.noun);
    known = row->step() ? row->integer(0) : 0;
  }
  // Read once: with the turn taken, nobody else gives numbers.
  return *known;
}

std::int64_t next_place(WriteTx& tx, RecordTable const& table) {
  auto& last = counter(tx, table).last_place;
  if (!last) last = tx.connection().number(sentence(table, last_place_sql));
  // Counted here and not by the engine: `n` enters the hash, which is made before the row is stored. Both engines give
  // the same places, without gaps.
  return ++*last;
}

StoredRow require_row(Connection& db, RecordTable const& table, std::string_view id) {
  Reading row(db.prepare(sentence(table, find_stored_sql)));
  row->bind(1, id);
  if (row->step()) return read_stored(table, *row);
  throw base::Error(table.not_found, {{"id", std::string(id)}});
}

/// The caller usually read the record before its turn, so that others need not wait meanwhile. Another writer may have
/// changed it since; then the whole body runs again on what is stored now.
void refuse_overtaken(RecordTable const& table, StoredRow const& row, std::int64_t known) {
  auto const* const stored = row.columns[table.column_of("rev")].get_if<std::int64_t>();
  if (stored && *stored == known) return;
  throw Conflict("another change of the same " + std::string(table.type.noun) + " came first");
}

/// Writes only what differs, so that no index is touched without need. Gives the hash.
std::string write_changes(Connection& db, RecordTable const& table, StoredRow const& before, StoredRow const& after) {
  std::string sql = "UPDATE " + std::string(table.name) + " SET ";
  std::vector<base::Value> values;
  auto const set = [&](std::string_view column, base::Value value) {
    values.push_back(std::move(value));
    sql.append(column).append(" = $").append(std::to_string(values.size())).append(", ");
  };
  for (std::size_t i = 0; i < after.columns.size(); ++i) {
    if (after.columns[i] != before.columns[i]) set(table.type.fields[table.columns[i]].column, after.columns[i]);
  }
  if (after.parts_hash != before.parts_hash) set(table.parts_hash, after.parts_hash);
  // Always: the rebuild of due times repairs this hash where the columns themselves are right.
  if (!table.derived_hash.empty()) set(table.derived_hash, derived_hash(table, after));
  std::string hash = hash_of(table, after);
  set("row_hash", hash);
  values.emplace_back(after.n);
  sql.resize(sql.size() - 2);
  // By the row key, which needs no index on the way.
  sql.append(" WHERE n = $").append(std::to_string(values.size()));
  Reading update(db.prepare(sql));
  for (std::size_t i = 0; i < values.size(); ++i) update->bind_value(static_cast<int>(i) + 1, values[i]);
  update->step();
  return hash;
}

}  // namespace

RecordTable RecordTable::made(RecordTable table) {
  for (std::size_t i = 0; i < table.type.fields.size(); ++i) {
    if (!table.type.fields[i].column.empty()) table.columns.push_back(i);
  }
  table.by_place = table.column_of(table.last_by_place) + 1;
  if (!table.type.derived_by.empty()) table.derived_by = table.column_of(table.type.derived_by);
  return table;
}

std::size_t RecordTable::column_of(std::string_view field) const {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (type.fields[columns[i]].name == field) return i;
  }
  type.require(field);  // says which names there are
  throw base::Error(base::errors::internal, {{"problem", std::string(field) + " has no column"}});
}

std::string number_column(RecordTable const& table) {
  return std::string(table.type.fields[table.type.require(table.type.number_field)].column);
}

std::int64_t next_number(WriteTx& tx, RecordTable const& table) {
  tx.take_turn();
  // Only noted here, and stored with the commit: a batch of a thousand records writes the counter once.
  counter(tx, table).moved = true;
  return ++last_number(tx, table);
}

void raise_number(WriteTx& tx, RecordTable const& table, std::int64_t used) {
  tx.take_turn();
  if (last_number(tx, table) >= used) return;
  counter(tx, table).moved = true;
  last_number(tx, table) = used;
}

void store_numbers(WriteTx& tx) {
  auto const records = tx.connection().schema().records;
  for (std::size_t i = 0; i < tx.places().counters.size(); ++i) {
    Counter const& counter = tx.places().counters[i];
    if (!counter.moved) continue;
    // ON CONFLICT: the first number of a kind makes the row.
    insert_hashed(tx.connection(), kSequences, {records[i]->type.noun, *counter.number},
                  " ON CONFLICT(name) DO UPDATE SET value = excluded.value, row_hash = excluded.row_hash");
  }
}

std::string insert_record(WriteTx& tx, RecordTable const& table, Columns columns, std::string const& salt) {
  tx.take_turn();
  StoredRow const row{std::move(columns), next_place(tx, table), {}, salt};
  Reading insert(tx.connection().prepare(sentence(table, insert_sql)));
  int parameter = 0;
  for (base::Value const& value : row.columns) insert->bind_value(++parameter, value);
  std::string hash = hash_of(table, row);
  insert->bind(++parameter, row.n);
  insert->bind(++parameter, std::string_view(row.parts_hash));
  insert->bind(++parameter, std::string_view(salt));
  insert->bind(++parameter, std::string_view(hash));
  if (!table.derived_hash.empty()) insert->bind(++parameter, std::string_view(derived_hash(table, row)));
  insert->step();
  return hash;
}

std::string update_record(WriteTx& tx, RecordTable const& table, Columns columns, std::int64_t known) {
  tx.take_turn();
  StoredRow const before = require_row(tx.connection(), table, columns[table.column_of("id")].text());
  refuse_overtaken(table, before, known);
  StoredRow after = before;
  after.columns = std::move(columns);
  return write_changes(tx.connection(), table, before, after);
}

void append_part(WriteTx& tx, RecordTable const& table, std::string_view id, std::string_view part_hash) {
  tx.take_turn();
  StoredRow const before = require_row(tx.connection(), table, id);
  StoredRow after = before;
  // The parts' hash is part of the record's state. So the record's last event vouches for each of its parts and for
  // their order: none can be altered, removed or added unseen.
  after.parts_hash = extend_parts_hash(before.parts_hash, part_hash);
  write_changes(tx.connection(), table, before, after);
  tx.note_parts();
}

std::string extend_parts_hash(std::string_view before, std::string_view part_hash) {
  // Over the hash so far, not over all parts: adding one costs the same however many there are.
  return base::sha256_hex(std::string(before).append(part_hash));
}

std::optional<Columns> find_record(Connection& db, RecordTable const& table, By by, std::string_view key) {
  Reading row(db.prepare(sentence(table, by == By::id ? find_by_id_sql : find_by_number_sql)));
  row->bind(1, key);
  if (!row->step()) return std::nullopt;
  return read_columns(table, *row);
}

std::vector<Columns> find_by_prefix(Connection& db, RecordTable const& table, std::string_view prefix,
                                    std::size_t most) {
  std::string const end = end_of_prefix(prefix);
  Reading rows(db.prepare(sentence(table, find_by_prefix_sql)));
  rows->bind(1, prefix).bind(2, std::string_view(end)).bind(3, static_cast<std::int64_t>(most));
  std::vector<Columns> found;
  while (rows->step()) found.push_back(read_columns(table, *rows));
  return found;
}

std::string state_hash_of(Connection& db, RecordTable const& table, std::string_view id) {
  Reading row(db.prepare(sentence(table, state_hash_sql)));
  row->bind(1, id);
  return row->step() ? row->text(0) : std::string();
}

Listing listing_of(RecordTable const& table) {
  std::vector<query::SortKey> sort;
  if (!table.newest_first.empty()) sort.push_back({table.type.require(table.newest_first), true});
  return {&table.type,
          table.name,
          sentence(table, column_list),
          static_cast<int>(table.columns.size()),
          "n",
          std::move(sort),
          table.split,
          table.narrow,
          table.computed};
}

Rest list_records(Connection& db, RecordTable const& table, query::Query const& query,
                  std::function<bool(Columns&&)> const& visit) {
  return list_rows(db, listing_of(table), query,
                   [&](Statement const& row) { return visit(read_columns(table, row, 0, query.details)); });
}

std::int64_t count_records(Connection& db, RecordTable const& table, query::Filter const& filter) {
  Parameters parameters;
  std::string const where = filter_sql(db, table.type, filter, parameters, table.computed);
  Reading row(db.prepare("SELECT count(*) FROM " + std::string(table.name) + " WHERE " + where));
  parameters.bind(*row);
  row->step();
  return row->integer(0);
}

}  // namespace umsops::store
