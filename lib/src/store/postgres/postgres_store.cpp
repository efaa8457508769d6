// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/postgres_store.hpp"

#include <span>
#include <utility>

#include "store/chain.hpp"
#include "store/migration.hpp"
#include "store/record_table.hpp"
#include "umsops/base/error.hpp"

namespace umsops::store {
namespace {

using base::Error;
namespace errors = base::errors;

constexpr std::string_view kVersion = "SELECT coalesce(max(version), 0) FROM schema_migrations";
/// The row is locked and never changed: then the server keeps waiting writers in their order. A changed row is a new
/// one, and a writer that comes just then would overtake them all.
constexpr std::string_view kTurn = "SELECT one FROM umsops_turn FOR UPDATE";
constexpr std::string_view kPlaces =
    "SELECT (SELECT coalesce(max(version), 0) FROM schema_migrations), (SELECT count(*) FROM umsops_turn), "
    "session_user, e.seq, e.hash, (SELECT value FROM store_info WHERE name = 'report_zone')";
constexpr std::string_view kLastEvent =
    " FROM (SELECT 1) AS one LEFT JOIN (SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1) AS e ON true";
constexpr int kFirstPlace = 6;  ///< column of `places_sql` from which on each kind of record has one
constexpr std::string_view kBytes =
    "SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class "
    "WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'";

/// One statement for all that is read with the turn: one round trip. Asked after the lock is held, so that it sees what
/// the transaction before committed.
std::string places_sql(std::span<RecordTable const* const> records) {
  std::string sql(kPlaces);
  for (RecordTable const* table : records) {
    sql.append(", (SELECT coalesce(max(n), 0) FROM ").append(table->name).append(")");
  }
  return sql.append(kLastEvent);
}

std::int64_t opened_version(PostgresConnection& db) {
  try {
    return db.number(kVersion);
  } catch (Error const& error) {
    if (&error.code() != &errors::store_damaged) throw;
    throw Error(errors::store_absent, {{"path", db.shown()}});  // there is no such table
  }
}

}  // namespace

PostgresStore::PostgresStore(OpenOptions options)
    : options_(std::move(options)), db_(options_.path, options_.lock_wait) {
  db_.set_schema(*options_.schema);
  audit_key_ = options_.audit_key;
  refuse_other_schema(db_, opened_version(db_), options_);
}

std::int64_t PostgresStore::schema_version() { return db_.number(kVersion); }
std::int64_t PostgresStore::bytes() const { return db_.number(kBytes); }

void PostgresStore::begin_write() {
  if (db_.in_transaction()) throw Error(errors::internal, {{"problem", "a write transaction inside another"}});
  if (options_.access != OpenOptions::Access::write) throw Error(errors::store_read_only, {{"path", path()}});
  // No lock yet. What is read before the turn may change; `rev` and the unique keys find that out, and `write` tries
  // again.
  db_.begin(PostgresConnection::Kind::write);
}

void PostgresStore::take_turn(Places& places) {
  // The first lock of every change is this row, and only then rows of records and indexes. One order for all, so no
  // two changes wait for each other in a circle.
  db_.send(std::string(kTurn));
  // An older store has not all of these tables yet; who migrates it reads what it needs by itself.
  bool const migrating = options_.accept == OpenOptions::Accept::any;
  Reading row(db_.prepare(places_sql(migrating ? std::span<RecordTable const* const>() : db_.schema().records)));
  row->step();
  refuse_other_schema(db_, row->integer(0),
                      options_);  // another process may have migrated the store since it was opened
  // Without the row nothing is locked, and numbers would be given twice.
  if (row->integer(1) != 1) throw Error(errors::store_damaged, {{"problem", "the row of umsops_turn is gone"}});
  places.db_user = row->text(2);
  if (migrating) return;
  places.head = row->is_null(3) ? Head{0, no_hash()} : Head{row->integer(3), row->bytes(4)};
  places.report_zone = row->text(5);
  for (std::size_t i = 0; i < db_.schema().records.size(); ++i) {
    places.last.emplace_back(row->integer(kFirstPlace + static_cast<int>(i)));
  }
}

void PostgresStore::begin_read() {
  if (!db_.in_transaction()) {
    db_.begin(PostgresConnection::Kind::view);
    viewing_ = true;
  }
  ++readers_;
}

void PostgresStore::end_read() noexcept {
  if (--readers_ > 0 || !viewing_) return;
  viewing_ = false;
  db_.leave();
}

}  // namespace umsops::store
