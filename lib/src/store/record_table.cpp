// SPDX-License-Identifier: Apache-2.0
#include "store/record_table.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "store/chain.hpp"
#include "store/event_log.hpp"
#include "store/record_row.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/id_source.hpp"
#include "umsops/base/number.hpp"

namespace umsops::store {
namespace {

/// Numbers have no index: their beginning is looked for among so many.
constexpr int kNewest = 10'000;

using Maker = std::string(RecordTable const& table);

/// SQL that is the same at each use, made at the first: most runs need one sentence or two.
std::string const& sentence(RecordTable const& table, Maker* make) {
  thread_local std::map<std::pair<RecordTable const*, Maker*>, std::string> made;
  auto const [place, fresh] = made.try_emplace({&table, make});
  if (fresh) place->second = make(table);
  return place->second;
}

/// The columns of the fields, then those that only the store knows of.
std::string stored_columns(RecordTable const& table) {
  return column_list(table) + ", last_event, brought" + (table.keyed ? ", key_content" : "") +
         (table.derives ? ", derived_check" : "");
}

std::string insert_sql(RecordTable const& table) {
  std::size_t const count = table.columns.size() + 3 + (table.keyed ? 1 : 0) + (table.derives ? 1 : 0);
  return "INSERT INTO " + std::string(table.name) + "(n, " + stored_columns(table) + ") VALUES (" +
         parameter_list(count) + ")";
}

/// `n` of the record whose id is $1, which says that it was created at $2.
std::string place_by_id(RecordTable const& table) {
  std::string const from = "SELECT n FROM " + std::string(table.name);
  return "(" + from + " WHERE brought = 1 AND id = $1 UNION ALL " + from + " WHERE " + std::string(table.created) +
         " = $2 AND id = $1 LIMIT 1)";
}

/// `n` of the record whose number is $1, which ends in $2.
std::string place_by_number(RecordTable const& table) {
  std::string const from = "SELECT n FROM " + std::string(table.name), is = number_column(table) + " = $1";
  return "(" + from + " WHERE n = $2 AND " + is + " UNION ALL " + from + " WHERE brought = 1 AND " + is + " LIMIT 1)";
}

std::string select_sql(RecordTable const& table, std::string const& condition) {
  return "SELECT " + column_list(table) + " FROM " + std::string(table.name) + " WHERE n = " + condition;
}

std::string find_by_id_sql(RecordTable const& table) { return select_sql(table, place_by_id(table)); }
std::string find_by_number_sql(RecordTable const& table) { return select_sql(table, place_by_number(table)); }
std::string record_at_sql(RecordTable const& table) { return select_sql(table, "$1"); }

std::string find_stored_sql(RecordTable const& table) {
  return "SELECT " + stored_list(table) + " FROM " + std::string(table.name) + " WHERE n = " + place_by_id(table);
}

std::string find_place_sql(RecordTable const& table) {
  return "SELECT n, last_event FROM " + std::string(table.name) + " WHERE n = " + place_by_id(table);
}

std::string id_at_sql(RecordTable const& table) {
  return "SELECT id FROM " + std::string(table.name) + " WHERE n = $1";
}

/// Ids $1 to $2, which were created from $3 to $4; numbers among the newest; at most $5. An OR of all would read the
/// table.
std::string find_by_prefix_sql(RecordTable const& table) {
  std::string const name(table.name), number(number_column(table)), created(table.created);
  auto const part = [&](std::string const& condition, std::string const& column) {
    return "SELECT n FROM (SELECT n FROM " + name + " WHERE " + condition + " AND " + column + " >= $1 AND " + column +
           " < $2 ORDER BY n DESC LIMIT $5) AS by_" + column;
  };
  return "SELECT " + column_list(table) + " FROM " + name + " WHERE n IN (" +
         part(created + " >= $3 AND " + created + " <= $4", "id") + " UNION " + part("brought = 1", "id") +
         "_brought UNION " + part("brought = 1", number) + "_brought UNION " +
         part("n > (SELECT coalesce(max(n), 0) FROM " + name + ") - " + std::to_string(kNewest), number) +
         ") ORDER BY n DESC LIMIT $5";
}

std::string last_place_sql(RecordTable const& table) {
  return "SELECT coalesce(max(n), 0) FROM " + std::string(table.name);
}

std::int64_t& last_place(WriteTx& tx, RecordTable const& table) {
  auto const records = tx.connection().schema().records;
  auto& places = tx.places().last;
  places.resize(records.size());
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (records[i] != &table) continue;
    // Read once: with the turn taken, nobody else adds records. Counted here and not by the engine: `n` is in the
    // record's number and in its digest, which are made before the row is stored.
    if (!places[i]) places[i] = tx.connection().number(sentence(table, last_place_sql));
    refuse_wild_place(*places[i]);
    return *places[i];
  }
  throw base::Error(base::errors::internal, {{"problem", std::string(table.name) + " is not in this store"}});
}

/// Numbers of others move our own no further than this: behind one of 15 digits all would have as many.
constexpr std::int64_t kFarthestBrought = 1'000'000'000;

/// The place of a new record.
std::int64_t take_place(WriteTx& tx, RecordTable const& table, std::int64_t own) {
  std::int64_t& last = last_place(tx, table);
  bool const free = own > last ? own <= kFarthestBrought : (own > 0 && id_at(tx.connection(), table, own).empty());
  std::int64_t const n = free ? own : last + 1;
  last = std::max(last, n);
  return n;
}

/// Looking for one id among all that were made at the same time would take ever longer.
bool has_other_of_time(Connection& db, RecordTable const& table, Columns const& columns) {
  Reading row(db.prepare(sentence(table, [](RecordTable const& records) {
    return "SELECT 1 FROM " + std::string(records.name) + " WHERE " + std::string(records.created) + " = $1 LIMIT 1";
  })));
  row->bind_value(1, columns[table.column_of(table.created)]);
  return row->step();
}

/// The time that an id begins with; one that no record has when the text is no id.
std::int64_t time_in(std::string_view id) {
  auto const time = base::time_of_id(id);
  return time ? time->time_since_epoch().count() : -1;
}

/// $1 and $2 of `place_by_id`.
void bind_id(Statement& statement, std::string_view id) { statement.bind(1, id).bind(2, time_in(id)); }

/// Times at which ids were made that begin with this.
std::pair<std::int64_t, std::int64_t> times_of_prefix(std::string_view prefix) {
  constexpr std::size_t kTime = 10, kId = 26;
  std::string least(prefix.substr(0, kTime)), greatest = least;
  least.resize(kId, '0');
  greatest.resize(kId, 'z');
  return {time_in(least), time_in(greatest)};
}

/// The caller usually read the record before its turn, so that others need not wait meanwhile. Another writer may have
/// changed it since; then the whole body runs again on what is stored now.
void refuse_overtaken(RecordTable const& table, StoredRow const& row, std::int64_t known) {
  auto const* const stored = row.columns[table.column_of("rev")].get_if<std::int64_t>();
  if (stored && *stored == known) return;
  throw Conflict("another change of the same " + std::string(table.type.noun) + " came first");
}

/// Writes only what differs, so that no index is touched without need.
void write_changes(Connection& db, RecordTable const& table, StoredRow const& before, StoredRow const& after) {
  std::string sql = "UPDATE " + std::string(table.name) + " SET ";
  Values values;
  auto const set = [&](std::string_view column, base::Value value) {
    values.push_back(std::move(value));
    sql.append(column).append(" = $").append(std::to_string(values.size())).append(", ");
  };
  for (std::size_t i = 0; i < after.columns.size(); ++i) {
    if (after.columns[i] != before.columns[i]) set(table.type.fields[table.columns[i]].column, after.columns[i]);
  }
  if (after.last_event != before.last_event) set("last_event", after.last_event);
  if (after.brought && !before.brought) set("brought", std::int64_t{1});
  if (after.key_content.empty() && !before.key_content.empty()) set("key_content", {});
  // Always: the rebuild of due times repairs it where the columns themselves are right.
  if (table.derives) set("derived_check", derived_check(table, after));
  if (values.empty()) return;
  values.emplace_back(after.n);
  sql.resize(sql.size() - 2);
  // By the row key, which needs no index on the way.
  sql.append(" WHERE n = $").append(std::to_string(values.size()));
  Reading update(db.prepare(sql));
  for (std::size_t i = 0; i < values.size(); ++i) update->bind_value(static_cast<int>(i) + 1, values[i]);
  update->step();
}

/// The stored row, in the transaction's hand.
StoredRow require_for_change(WriteTx& tx, RecordTable const& table, Columns const& columns, std::int64_t known) {
  tx.take_turn();
  put_down(tx);
  refuse_wild_place(known);
  StoredRow before = stored_record(tx.connection(), table, columns[table.column_of("id")].text());
  refuse_overtaken(table, before, known);
  return before;
}

}  // namespace

RecordTable RecordTable::made(RecordTable table) {
  for (std::size_t i = 0; i < table.type.fields.size(); ++i) {
    if (!table.type.fields[i].column.empty()) table.columns.push_back(i);
  }
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

std::int64_t place_in_number(std::string_view number) {
  std::size_t const end = number.find_last_not_of("0123456789");
  std::string_view digits = number.substr(end == std::string_view::npos ? 0 : end + 1);
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  return base::parse_integer(digits, 1, INT64_MAX).value_or(0);
}

bool must_be_brought(RecordTable const& table, StoredRow const& row) {
  auto const* const created = row.columns[table.column_of(table.created)].get_if<std::int64_t>();
  return !created || time_in(row.columns[table.column_of("id")].text()) != *created ||
         place_in_number(row.columns[table.column_of(table.type.number_field)].text()) != row.n;
}

std::int64_t next_number(WriteTx& tx, RecordTable const& table) {
  tx.take_turn();
  return last_place(tx, table) + 1;
}

void put_down(WriteTx& tx) {
  RecordInHand& record = tx.in_hand();
  if (record.table && record.last_event != record.written) {
    Reading update(
        tx.connection().prepare("UPDATE " + std::string(record.table->name) + " SET last_event = $1 WHERE n = $2"));
    update->bind(1, record.last_event).bind(2, record.n).step();
  }
  record = {};
}

RecordPlace take_in_hand(WriteTx& tx, RecordTable const& table, std::string_view id) {
  RecordInHand& record = tx.in_hand();
  if (record.table != &table || record.id != id) {
    put_down(tx);
    RecordPlace const place = find_place(tx.connection(), table, id);
    if (place.n == 0) throw base::Error(table.not_found, {{"id", std::string(id)}});
    record = {&table, std::string(id), place.n, place.last_event, place.last_event};
  }
  return {record.n, record.last_event};
}

void insert_record_row(Connection& db, RecordTable const& table, StoredRow const& row) {
  Reading insert(db.prepare(sentence(table, insert_sql)));
  int parameter = 0;
  insert->bind(++parameter, row.n);
  for (base::Value const& value : row.columns) {
    ++parameter;
    if (value.is_null()) continue;  // most are, as they are without it
    auto const* const text = value.get_if<std::string>();
    text ? insert->bind_kept(parameter, *text) : insert->bind_value(parameter, value);
  }
  insert->bind(++parameter, row.last_event);
  ++parameter;
  row.brought ? insert->bind(parameter, std::int64_t{1}) : insert->bind_null(parameter);
  if (table.keyed) {
    ++parameter;
    row.key_content.empty() ? insert->bind_null(parameter) : insert->bind_bytes(parameter, row.key_content);
  }
  if (table.derives) insert->bind_value(++parameter, derived_check(table, row));
  insert->step();
}

StoredRow insert_new_record(WriteTx& tx, RecordTable const& table, Columns columns, NewRecord const& brings) {
  tx.take_turn();
  put_down(tx);
  if (brings.in_crowd) tx.late_indexes().expect_record(tx.connection(), table, last_place(tx, table));
  bool const crowded = brings.in_crowd && has_other_of_time(tx.connection(), table, columns);
  StoredRow row{std::move(columns), take_place(tx, table, brings.own_number), tx.next_event(), crowded,
                base::from_hex(brings.key_content).value_or("")};
  row.brought = row.brought || must_be_brought(table, row);
  insert_record_row(tx.connection(), table, row);
  // Its first event is the next one, and its row says so already.
  tx.in_hand() = {&table, std::string(row.columns[table.column_of("id")].text()), row.n, 0, row.last_event};
  if (table.follows) table.follows(tx, nullptr, &row.columns);
  return row;
}

std::string insert_record(WriteTx& tx, RecordTable const& table, Columns columns, NewRecord const& brings) {
  return state_text(table, insert_new_record(tx, table, std::move(columns), brings));
}

namespace {

std::string store_change(WriteTx& tx, RecordTable const& table, Columns columns, std::int64_t known,
                         bool keep_request) {
  StoredRow const before = require_for_change(tx, table, columns, known);
  std::int64_t const event = tx.next_event();
  StoredRow after{std::move(columns), before.n, event, before.brought,
                  keep_request ? before.key_content : std::string()};
  after.brought = after.brought || must_be_brought(table, after);
  write_changes(tx.connection(), table, before, after);
  tx.in_hand() = {&table, std::string(after.columns[table.column_of("id")].text()), before.n, before.last_event, event};
  if (table.follows) table.follows(tx, &before.columns, &after.columns);
  return state_text(table, after);
}

}  // namespace

std::string update_record(WriteTx& tx, RecordTable const& table, Columns columns, std::int64_t known) {
  return store_change(tx, table, std::move(columns), known, true);
}

std::string update_without_request(WriteTx& tx, RecordTable const& table, Columns columns, std::int64_t known) {
  return store_change(tx, table, std::move(columns), known, false);
}

void update_derived(WriteTx& tx, RecordTable const& table, Columns columns, std::int64_t known) {
  StoredRow const before = require_for_change(tx, table, columns, known);
  StoredRow const after{std::move(columns), before.n, before.last_event, before.brought, before.key_content};
  write_changes(tx.connection(), table, before, after);
  tx.in_hand() = {&table, std::string(after.columns[table.column_of("id")].text()), before.n, before.last_event,
                  before.last_event};
  if (table.follows) table.follows(tx, &before.columns, &after.columns);
}

StoredRow stored_record(Connection& db, RecordTable const& table, std::string_view id) {
  Reading row(db.prepare(sentence(table, find_stored_sql)));
  bind_id(*row, id);
  if (!row->step()) throw base::Error(table.not_found, {{"id", std::string(id)}});
  return read_stored(table, *row);
}

std::optional<Columns> find_record(Connection& db, RecordTable const& table, By by, std::string_view key) {
  Reading row(db.prepare(sentence(table, by == By::id ? find_by_id_sql : find_by_number_sql)));
  row->bind(1, key).bind(2, by == By::id ? time_in(key) : place_in_number(key));
  return row->step() ? std::optional(read_columns(table, *row)) : std::nullopt;
}

std::optional<Columns> record_at(Connection& db, RecordTable const& table, std::int64_t n) {
  Reading row(db.prepare(sentence(table, record_at_sql)));
  row->bind(1, n);
  return row->step() ? std::optional(read_columns(table, *row)) : std::nullopt;
}

RecordPlace find_place(Connection& db, RecordTable const& table, std::string_view id) {
  Reading row(db.prepare(sentence(table, find_place_sql)));
  bind_id(*row, id);
  return row->step() ? RecordPlace{row->integer(0), row->integer(1)} : RecordPlace{};
}

std::int64_t place_of(Connection& db, RecordTable const& table, std::string_view id) {
  return find_place(db, table, id).n;
}

std::string id_at(Connection& db, RecordTable const& table, std::int64_t n) {
  Reading row(db.prepare(sentence(table, id_at_sql)));
  row->bind(1, n);
  return row->step() ? row->text(0) : std::string();
}

std::vector<Columns> find_by_prefix(Connection& db, RecordTable const& table, std::string_view prefix,
                                    std::size_t most) {
  std::string const end = end_of_prefix(prefix);
  auto const [from, to] = times_of_prefix(prefix);
  Reading rows(db.prepare(sentence(table, find_by_prefix_sql)));
  rows->bind(1, prefix).bind(2, std::string_view(end)).bind(3, from).bind(4, to);
  rows->bind(5, static_cast<std::int64_t>(most));
  std::vector<Columns> found;
  while (rows->step()) found.push_back(read_columns(table, *rows));
  return found;
}

Listing listing_of(RecordTable const& table) {
  std::vector<query::SortKey> sort;
  if (table.newest_first) sort.push_back({table.type.require(table.created), true});
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

namespace {

/// With NULL in the place of each column that nobody asks for: the engine neither looks for it nor reads it.
std::string columns_for(RecordTable const& table, std::vector<std::size_t> const& only) {
  std::string list;
  for (std::size_t const field : table.columns) {
    auto const& described = table.type.fields[field];
    bool const wanted =
        described.name == table.type.number_field || std::find(only.begin(), only.end(), field) != only.end();
    list.append(list.empty() ? "" : ", ").append(wanted ? described.column : "NULL");
  }
  return list;
}

}  // namespace

Rest list_records(Connection& db, RecordTable const& table, query::Query const& query,
                  std::function<bool(Columns&&)> const& visit) {
  auto listing = listing_of(table);
  std::string const some = query.only.empty() ? std::string() : columns_for(table, query.only);
  if (!some.empty()) listing.columns = some;
  return list_rows(db, listing, query,
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
