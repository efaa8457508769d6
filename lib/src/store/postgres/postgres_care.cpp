// SPDX-License-Identifier: Apache-2.0
// Checks that only the engine itself can make.
#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <thread>

#include "store/migration.hpp"
#include "store/postgres/postgres_store.hpp"
#include "store/record_table.hpp"
#include "store/table.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/interruption.hpp"

namespace umsops::store {
namespace {

/// What the steps say of the schema: `table.column` with its type, and the names of the indexes.
struct Objects {
  std::map<std::string, std::string> columns;
  std::set<std::string> indexes;
};

std::string word(std::string_view& text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  std::size_t const end = std::min(text.find_first_of(" (,"), text.size());
  std::string out(text.substr(0, end));
  text.remove_prefix(end);
  return out;
}

void read_column(std::string const& table, std::string_view line, Objects& objects) {
  std::string const column = word(line);
  std::string const type = word(line);
  bool const required = line.find("NOT NULL") != std::string_view::npos;
  objects.columns[table + "." + column] = (type.starts_with("BIGINT")  ? "bigint"
                                           : type.starts_with("BYTES") ? "bytea"
                                                                       : "text") +
                                          std::string(required ? " NOT NULL" : "");
}

/// Reads our own steps, which give each column a line of its own. The server does not keep the text of its tables, so
/// what is compared are columns and types.
void read_step(std::string_view sql, Objects& objects) {
  std::string table;
  while (!sql.empty()) {
    std::size_t const end = std::min(sql.find('\n'), sql.size());
    std::string_view line = sql.substr(0, end);
    sql.remove_prefix(std::min(end + 1, sql.size()));
    if (line.starts_with("CREATE TABLE ")) {
      line.remove_prefix(13);
      table = word(line);
    } else if (line.starts_with("CREATE INDEX ") || line.starts_with("CREATE UNIQUE INDEX ")) {
      line.remove_prefix(line.find("INDEX ") + 6);
      objects.indexes.insert(word(line));
    } else if (line.starts_with("  ") && !line.starts_with("  PRIMARY KEY")) {
      read_column(table, line, objects);
    } else if (line.starts_with("ALTER TABLE ")) {
      line.remove_prefix(12);
      std::string const altered = word(line);
      line.remove_prefix(line.find("ADD COLUMN ") + 11);
      read_column(altered, line, objects);
    }
  }
}

Objects expected_objects(Schema const& schema) {
  Objects objects;
  for (MigrationStep const& step : schema.making()) read_step(step.sql, objects);
  return objects;
}

constexpr std::string_view kColumns =
    "SELECT c.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' NOT "
    "NULL' ELSE '' END FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid WHERE c.relkind = 'r' AND "
    "a.attnum > 0 AND NOT a.attisdropped AND c.relnamespace = current_schema()::regnamespace";
constexpr std::string_view kIndexes =
    "SELECT c.relname FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid "
    "WHERE i.indisvalid AND c.relnamespace = current_schema()::regnamespace";
/// A constraint's own triggers are internal; one that refuses a forged name is the owner's choice, and is called so.
constexpr std::string_view kTriggers =
    "SELECT 'trigger ' || t.tgname || ' on ' || c.relname, c.relname FROM pg_trigger AS t JOIN pg_class AS c "
    "ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND t.tgname NOT LIKE 'umsops\\_%' AND c.relnamespace = "
    "current_schema()::regnamespace UNION ALL SELECT 'rule ' || r.rulename || ' on ' || c.relname, c.relname "
    "FROM pg_rewrite AS r JOIN pg_class AS c ON c.oid = r.ev_class "
    "WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace";

constexpr std::string_view kOwned =
    "SELECT count(*) FROM pg_class WHERE relname = 'events' AND relnamespace = current_schema()::regnamespace AND "
    "pg_has_role(relowner, 'USAGE')";

/// Who still sees rows as they were: sessions with a snapshot, each with how far back it goes.
constexpr std::string_view kSnapshots =
    "SELECT pid || ' ' || backend_xmin FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
    "pg_backend_pid() AND backend_xmin IS NOT NULL";

std::set<std::string> snapshots(Connection& db) {
  std::set<std::string> found;
  Reading rows(db.prepare(kSnapshots));
  while (rows->step()) found.insert(rows->text(0));
  return found;
}

/// Rows that somebody still sees outlive a VACUUM. Snapshots of later ones do not matter.
void wait_for_snapshots(Connection& db, base::Milliseconds limit) {
  auto const end = std::chrono::steady_clock::now() + limit;
  auto const there = snapshots(db);
  auto const lasts = [&](std::set<std::string> const& now) {
    return std::any_of(there.begin(), there.end(), [&](auto const& one) { return now.contains(one); });
  };
  while (lasts(snapshots(db))) {
    base::check_interruption();
    if (std::chrono::steady_clock::now() >= end) {
      throw base::Error(base::errors::store_locked, {{"seconds", std::to_string(limit.count() / 1000)},
                                                     {"holder", "a transaction that still reads what was"}});
    }
    std::this_thread::sleep_for(base::Milliseconds{50});
  }
}

using Report = std::function<void(std::string const&, std::string const&)>;

void check_columns(Connection& db, Objects const& expected, Report const& report) {
  std::map<std::string, std::string> found;
  Reading rows(db.prepare(kColumns));
  while (rows->step()) found[rows->text(0)] = rows->text(1);
  std::set<std::string> tables;
  for (auto const& [name, type] : expected.columns) {
    tables.insert(name.substr(0, name.find('.')));
    auto const it = found.find(name);
    if (it == found.end()) report("structure", "column " + name + " is missing");
    if (it != found.end() && it->second != type)
      report("structure", "column " + name + " is not as this program made it");
    if (it != found.end()) found.erase(it);
  }
  for (auto const& [name, type] : found) {  // tables of others may lie beside ours
    if (tables.contains(name.substr(0, name.find('.'))))
      report("structure", "column " + name + " was not made by this program");
  }
}

}  // namespace

void PostgresStore::check_structure(Report const& report) {
  Objects const expected = expected_objects(db_.schema());
  check_columns(db_, expected, report);
  std::set<std::string> indexes;
  Reading rows(db_.prepare(kIndexes));
  while (rows->step()) indexes.insert(rows->text(0));
  for (std::string const& name : expected.indexes) {
    if (!indexes.contains(name)) report("structure", "index " + name + " is missing");
  }
  // Without it FOR UPDATE would lock nothing and writers would not wait for each other.
  if (db_.number("SELECT count(*) FROM umsops_turn") != 1)
    report("missing", "the row of umsops_turn, without which nobody gets a turn, is gone");
  Reading triggers(db_.prepare(kTriggers));
  while (triggers->step()) report("structure", triggers->text(0) + " was not made by this program");
}

bool PostgresStore::clear_remains() {
  if (db_.number(kOwned) == 0) return false;
  std::string tables = "events";
  auto const add = [&](std::string_view name) { tables.append(", ").append(name); };
  for (RecordTable const* table : db_.schema().records) add(table->name);
  for (Table const* table : db_.schema().tables) add(table->name);
  for (MadeTable const& table : made_tables()) add(table.name);
  wait_for_snapshots(db_, options_.lock_wait);
  // A plain VACUUM leaves old rows in the free space of their pages. Figures of columns hold frequent values as they
  // are; their own table is cleared by whoever owns the database, and a remark is all that others get.
  db_.run_script("VACUUM (FULL, ANALYZE) " + tables);
  db_.run_script("VACUUM (FULL) pg_catalog.pg_statistic");
  return true;
}

std::string PostgresStore::copy_to(std::string const&) {
  throw base::Error(
      base::errors::store_elsewhere,
      {{"what", "db backup"},
       {"engine", "PostgreSQL"},
       {"suggestion", "back up with: pg_dump --format=custom --file=FILE; or copy to a file: umsops db copy"}});
}

}  // namespace umsops::store
