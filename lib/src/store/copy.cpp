// SPDX-License-Identifier: Apache-2.0
#include "store/copy.hpp"

#include <algorithm>
#include <span>

#include "store/articles.hpp"
#include "store/chain.hpp"
#include "store/event_log.hpp"
#include "store/maintenance.hpp"
#include "store/migration.hpp"
#include "store/record_table.hpp"
#include "store/table.hpp"
#include "store/ticket_days.hpp"
#include "store/tickets.hpp"
#include "store/whole_index.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"
#include "umsops/base/progress.hpp"
#include "umsops/base/store_address.hpp"

namespace umsops::store {
namespace {

using base::Error;
namespace errors = base::errors;

/// A table with all its columns; the first `keys` of them are its primary key.
struct Whole {
  std::string name;
  std::vector<Column> columns;
  std::size_t keys = 1;
};

constexpr auto kInteger = Column::Type::integer;

Whole whole(Table const& table) {
  Whole out{std::string(table.name), {table.columns.begin(), table.columns.end()}, table.keys};
  out.columns.push_back(table.last());
  return out;
}

Whole whole(RecordTable const& table) {
  Whole out{std::string(table.name), {{"n", kInteger}}};
  for (std::size_t const i : table.columns) {
    auto const& field = table.type.fields[i];
    out.columns.push_back({field.column, base::is_number(field.type) ? kInteger : Column::Type::text});
  }
  out.columns.push_back({"last_event", kInteger});
  out.columns.push_back({"brought", kInteger});
  if (table.keyed) out.columns.push_back({"key_content", Column::Type::bytes});
  if (table.derives) out.columns.push_back({"derived_check", kInteger});
  return out;
}

Whole event_table() {
  Whole table{"events", {}};
  for (EventColumn const& column : event_columns()) {
    auto const type = column.number ? kInteger : column.bytes ? Column::Type::bytes : Column::Type::text;
    table.columns.push_back({column.name, type});
  }
  return table;
}

/// What a new store has already is replaced.
std::vector<Whole> settings(Schema const& schema) {
  std::vector<Whole> tables;
  for (Table const* table : schema.tables) {
    if (table->settings) tables.push_back(whole(*table));
  }
  return tables;
}

/// What grows is added to.
std::vector<Whole> contents(Schema const& schema) {
  std::vector<Whole> tables;
  for (RecordTable const* table : schema.records) tables.push_back(whole(*table));
  for (Table const* table : schema.tables) {
    if (!table->settings) tables.push_back(whole(*table));
  }
  tables.push_back(event_table());
  return tables;
}

std::string list_of(Whole const& table, std::size_t count) {
  std::string list;
  for (std::size_t i = 0; i < count; ++i) list.append(i == 0 ? "" : ", ").append(table.columns[i].name);
  return list;
}

void bind_all(Statement& statement, Whole const& table, Values const& row) {
  for (std::size_t i = 0; i < row.size(); ++i) bind_at(statement, static_cast<int>(i) + 1, table.columns[i], row[i]);
}

void insert_row(Connection& db, Whole const& table, Values const& row) {
  Reading insert(db.prepare("INSERT INTO " + table.name + "(" + list_of(table, table.columns.size()) + ") VALUES (" +
                            parameter_list(table.columns.size()) + ")"));
  bind_all(*insert, table, row);
  insert->step();
}

/// The key of the table's last row; empty: it has none.
Values last_key(Connection& db, Whole const& table) {
  std::string sql = "SELECT " + list_of(table, table.keys) + " FROM " + table.name + " ORDER BY ";
  for (std::size_t i = 0; i < table.keys; ++i)
    sql.append(i == 0 ? "" : ", ").append(table.columns[i].name).append(" DESC");
  Reading row(db.prepare(sql + " LIMIT 1"));
  return row->step() ? stored_row(*row, std::span(table.columns).first(table.keys)) : Values{};
}

std::int64_t count_rows(Connection& db, std::string const& table) { return db.number("SELECT count(*) FROM " + table); }

class Copy {
 public:
  explicit Copy(CopyOptions const& options)
      : options_(options),
        source_(open_store({options.from, OpenOptions::Access::read, options.lock_wait, options.schema})) {}

  CopySummary run() {
    // One view for the whole copy. Others may go on writing to the source; rows of two different moments would not fit
    // each other's hashes.
    ReadTx const view(*source_);
    summary_.store_id = source_->store_id();
    summary_.head = chain_head(source_->connection());
    prepare_target();
    for (Whole const& table : contents(*options_.schema)) {
      base::progress_ahead(count_rows(source_->connection(), table.name) -
                           count_rows(target_->connection(), table.name));
    }
    for (Whole const& table : contents(*options_.schema)) copy_table(table);
    finish();
    return summary_;
  }

 private:
  std::string mark() const {
    return summary_.store_id + " " + std::to_string(summary_.head.seq) + ":" + base::to_hex(summary_.head.hash);
  }

  [[noreturn]] void refuse(std::string problem) const {
    throw Error(errors::store_not_empty, {{"path", base::shown_store(options_.to)}, {"problem", std::move(problem)}});
  }

  void prepare_target() {
    if (!store_exists(options_.to)) create_store(options_.to, summary_.store_id, options_.now, *options_.schema);
    target_ = open_store({options_.to,
                          OpenOptions::Access::write,
                          options_.lock_wait,
                          options_.schema,
                          {},
                          OpenOptions::Accept::unfinished});
    std::string const found = stored_info(target_->connection(), kCopyMark);
    summary_.resumed = !found.empty();
    // The end of the history stands for the state: it is another one after any recorded change.
    if (found == mark()) return;
    if (!found.empty()) refuse("it is an unfinished copy of another store, or of another state of this one");
    for (Whole const& table : contents(*options_.schema)) {
      if (count_rows(target_->connection(), table.name) > 0) refuse("it is not empty");
    }
    write(*target_, [&](WriteTx& tx) {
      tx.take_turn();
      // The target was given an id and migrations of its own when it was made. The copy is the source's store.
      for (Whole const& table : settings(*options_.schema)) replace_table(tx.connection(), table);
      // Mark and version lie in the target itself, written with its first rows: they cannot be lost or go stale.
      insert_hashed(tx.connection(), kStoreInfo, {kCopyMark, mark()});
      tx.connection().run_script("DELETE FROM schema_migrations");
      target_->set_schema_version(kUnfinishedSchema);
      return 0;
    });
  }

  void replace_table(Connection& db, Whole const& table) {
    Reading erase(db.prepare("DELETE FROM " + table.name));
    erase->step();
    Reading all(
        source_->connection().prepare("SELECT " + list_of(table, table.columns.size()) + " FROM " + table.name));
    while (all->step()) insert_row(db, table, stored_row(*all, table.columns));
  }

  void copy_table(Whole const& table) {
    // Rows are added in the order of their key, so the target's last key says where a copy that was cut off stopped.
    // Pages go by key, not by offset: an offset would read all rows before it again.
    Values const from = last_key(target_->connection(), table);
    std::string const keys = list_of(table, table.keys);
    std::string sql = "SELECT " + list_of(table, table.columns.size()) + " FROM " + table.name;
    if (!from.empty()) sql += " WHERE (" + keys + ") > (" + parameter_list(table.keys) + ")";
    Reading rows(source_->connection().prepare_walk(sql + " ORDER BY " + keys));
    bind_all(*rows, table, from);
    std::vector<Values> portion;
    bool more = true;
    while (more) {
      more = rows->step();
      if (more) portion.push_back(stored_row(*rows, table.columns));
      if (!portion.empty() && (!more || portion.size() >= static_cast<std::size_t>(options_.portion)))
        store(table, portion);
    }
  }

  /// A portion bounds the memory that is needed, and what is done again after an interruption.
  void store(Whole const& table, std::vector<Values>& portion) {
    write(*target_, [&](WriteTx& tx) {
      tx.take_turn();
      for (Values const& row : portion) insert_row(tx.connection(), table, row);
      return 0;
    });
    summary_.rows += static_cast<std::int64_t>(portion.size());
    base::progressed(static_cast<std::int64_t>(portion.size()));
    portion.clear();
    if (options_.progress) options_.progress(summary_.rows);
  }

  /// The copy becomes a store in the transaction that has found it to be one.
  void finish() {
    write(*target_, [&](WriteTx& tx) {
      tx.take_turn();
      Connection& to = tx.connection();
      replace_table(to, whole(kMigrations));
      Reading erase(to.prepare("DELETE FROM store_info WHERE name = $1"));
      erase->bind(1, kCopyMark).step();
      target_->set_schema_version(source_->schema_version());
      if (options_.schema->find(article_table().type.noun)) rebuild_search_index(tx);
      if (options_.schema->find(ticket_table().type.noun)) rebuild_ticket_days(tx);
      verify();
      return 0;
    });
    Connection& to = target_->connection();
    for (RecordTable const* table : options_.schema->records) {
      summary_.records.push_back(count_rows(to, std::string(table->name)));
    }
    summary_.events = count_rows(to, "events");
  }

  void verify() {
    Connection &from = source_->connection(), &to = target_->connection();
    for (Whole const& table : contents(*options_.schema)) {
      // Hashes tell of altered rows. That one is missing shows in the counts only.
      if (count_rows(from, table.name) != count_rows(to, table.name))
        refuse("its rows are not those of the source: " + table.name);
    }
    if (std::string const flaw = first_flaw(*target_, {}); !flaw.empty()) {
      throw Error(errors::store_damaged, {{"problem", "the copy is not sound, remove it and copy again: " + flaw}});
    }
    // A chain that is sound but shorter, or another one, would pass the check above.
    if (Head const head = chain_head(to); head.seq != summary_.head.seq || head.hash != summary_.head.hash) {
      refuse("its history does not end like that of the source");
    }
  }

  CopyOptions const& options_;
  std::unique_ptr<Store> source_, target_;
  CopySummary summary_;
};

}  // namespace

CopySummary copy_store(CopyOptions const& options) { return Copy(options).run(); }

}  // namespace umsops::store
