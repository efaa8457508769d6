// SPDX-License-Identifier: Apache-2.0
#include "store/copy.hpp"

#include <algorithm>
#include <span>

#include "store/chain.hpp"
#include "store/event_log.hpp"
#include "store/maintenance.hpp"
#include "store/row_hash.hpp"
#include "store/ticket_row.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/store_address.hpp"

namespace umsops::store {
namespace {

using base::Error;
namespace errors = base::errors;

/// While this row is in `store_info`, the store is a copy that is not finished. It says which state of which store.
constexpr std::string_view kMark = "copy_of";

/// A table with all its columns; the first `keys` of them are its primary key.
struct Table {
  std::string name;
  std::vector<Column> columns;
  std::size_t keys = 1;
};

Table hashed(HashedTable const& table) {
  Table out{std::string(table.name), {table.columns.begin(), table.columns.end()}, table.keys};
  out.columns.push_back({"row_hash"});
  return out;
}

Table ticket_table() {
  Table table{"support_tickets", {{"n", true}}};
  for (std::size_t const i : ticket_columns()) {
    auto const& field = model::ticket_type().fields[i];
    using Type = base::FieldType;
    table.columns.push_back(
        {field.column, field.type == Type::integer || field.type == Type::time || field.type == Type::boolean});
  }
  for (std::string_view const name : {"responses_hash", "row_salt", "row_hash", "due_times_hash"})
    table.columns.push_back({name});
  return table;
}

Table event_table() {
  Table table{"events", {}};
  std::string_view rest = kEventColumns;
  while (!rest.empty()) {
    std::size_t const end = std::min(rest.find(", "), rest.size());
    std::string_view const name = rest.substr(0, end);
    table.columns.push_back({name, name == "seq" || name == "at" || name == "rev"});
    rest.remove_prefix(std::min(end + 2, rest.size()));
  }
  return table;
}

/// What is small and there is replaced; what grows is added to, each table after those that it refers to.
std::vector<Table> small_tables() {
  return {hashed(kStoreInfo), hashed(kMigrations), hashed(kSequences), hashed(kTurns)};
}
std::vector<Table> large_tables() {
  return {ticket_table(),     hashed(kResponses),   hashed(kEscalations), hashed(kLinks), hashed(kLadderSteps),
          hashed(kCallbacks), hashed(kAttachments), event_table(),        hashed(kKeys),  hashed(kOutbox)};
}

std::string list_of(Table const& table, std::size_t count) {
  std::string list;
  for (std::size_t i = 0; i < count; ++i) list.append(i == 0 ? "" : ", ").append(table.columns[i].name);
  return list;
}

using Row = std::vector<base::Value>;

void bind_all(Statement& statement, Row const& row) {
  for (std::size_t i = 0; i < row.size(); ++i) statement.bind_value(static_cast<int>(i) + 1, row[i]);
}

void insert_row(Connection& db, Table const& table, Row const& row) {
  Reading insert(db.prepare("INSERT INTO " + table.name + "(" + list_of(table, table.columns.size()) + ") VALUES (" +
                            parameter_list(table.columns.size()) + ")"));
  bind_all(*insert, row);
  insert->step();
}

/// The key of the table's last row; empty: it has none.
Row last_key(Connection& db, Table const& table) {
  std::string sql = "SELECT " + list_of(table, table.keys) + " FROM " + table.name + " ORDER BY ";
  for (std::size_t i = 0; i < table.keys; ++i)
    sql.append(i == 0 ? "" : ", ").append(table.columns[i].name).append(" DESC");
  Reading row(db.prepare(sql + " LIMIT 1"));
  return row->step() ? stored_row(*row, std::span(table.columns).first(table.keys)) : Row{};
}

std::int64_t count_rows(Connection& db, std::string const& table) { return db.number("SELECT count(*) FROM " + table); }

class Copy {
 public:
  explicit Copy(CopyOptions const& options)
      : options_(options), source_(open_store({options.from, OpenOptions::Access::read, options.lock_wait})) {}

  CopySummary run() {
    ReadTx const view(*source_);
    summary_.store_id = source_->store_id();
    summary_.head = chain_head(source_->connection());
    prepare_target();
    for (Table const& table : large_tables()) copy_table(table);
    finish();
    return summary_;
  }

 private:
  std::string mark() const {
    return summary_.store_id + " " + std::to_string(summary_.head.seq) + ":" + summary_.head.hash;
  }

  [[noreturn]] void refuse(std::string problem) const {
    throw Error(errors::store_not_empty, {{"path", base::shown_store(options_.to)}, {"problem", std::move(problem)}});
  }

  void prepare_target() {
    if (!store_exists(options_.to)) create_store(options_.to, summary_.store_id, options_.now);
    target_ = open_store({options_.to, OpenOptions::Access::write, options_.lock_wait});
    std::string const found = stored_info(target_->connection(), kMark);
    summary_.resumed = !found.empty();
    if (found == mark()) return;
    if (!found.empty()) refuse("it is an unfinished copy of another store, or of another state of this one");
    for (Table const& table : large_tables()) {
      if (count_rows(target_->connection(), table.name) > 0) refuse("it is not empty");
    }
    write(*target_, [&](WriteTx& tx) {
      tx.take_turn();
      for (Table const& table : small_tables()) replace_table(tx.connection(), table);
      insert_hashed(tx.connection(), kStoreInfo, {kMark, mark()});
      return 0;
    });
  }

  void replace_table(Connection& db, Table const& table) {
    Reading erase(db.prepare("DELETE FROM " + table.name));
    erase->step();
    Reading all(
        source_->connection().prepare("SELECT " + list_of(table, table.columns.size()) + " FROM " + table.name));
    while (all->step()) insert_row(db, table, stored_row(*all, table.columns));
  }

  void copy_table(Table const& table) {
    Row const from = last_key(target_->connection(), table);
    std::string const keys = list_of(table, table.keys);
    std::string sql = "SELECT " + list_of(table, table.columns.size()) + " FROM " + table.name;
    if (!from.empty()) sql += " WHERE (" + keys + ") > (" + parameter_list(table.keys) + ")";
    Reading rows(source_->connection().prepare_walk(sql + " ORDER BY " + keys));
    bind_all(*rows, from);
    std::vector<Row> portion;
    bool more = true;
    while (more) {
      more = rows->step();
      if (more) portion.push_back(stored_row(*rows, table.columns));
      if (!portion.empty() && (!more || portion.size() >= static_cast<std::size_t>(options_.portion)))
        store(table, portion);
    }
  }

  void store(Table const& table, std::vector<Row>& portion) {
    write(*target_, [&](WriteTx& tx) {
      tx.take_turn();
      for (Row const& row : portion) insert_row(tx.connection(), table, row);
      return 0;
    });
    summary_.rows += static_cast<std::int64_t>(portion.size());
    portion.clear();
    if (options_.progress) options_.progress(summary_.rows);
  }

  void finish() {
    Connection &from = source_->connection(), &to = target_->connection();
    for (Table const& table : large_tables()) {
      if (count_rows(from, table.name) != count_rows(to, table.name))
        refuse("its rows are not those of the source: " + table.name);
    }
    check_store(*target_, [&](Flaw const& flaw) {
      throw Error(errors::store_damaged, {{"problem", "the copy is not sound: " + flaw.record + ": " + flaw.problem}});
    });
    if (Head const head = chain_head(to); head.seq != summary_.head.seq || head.hash != summary_.head.hash) {
      refuse("its history does not end like that of the source");
    }
    summary_.tickets = count_rows(to, "support_tickets");
    summary_.events = count_rows(to, "events");
    write(*target_, [&](WriteTx& tx) {
      tx.take_turn();
      Reading erase(tx.connection().prepare("DELETE FROM store_info WHERE name = $1"));
      erase->bind(1, kMark).step();
      return 0;
    });
  }

  CopyOptions const& options_;
  std::unique_ptr<Store> source_, target_;
  CopySummary summary_;
};

}  // namespace

CopySummary copy_store(CopyOptions const& options) { return Copy(options).run(); }

}  // namespace umsops::store
