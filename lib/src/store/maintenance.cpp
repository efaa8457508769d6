// SPDX-License-Identifier: Apache-2.0
#include "store/maintenance.hpp"

#include "store/migration.hpp"
#include "store/row_hash.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"

namespace umsops::store {
namespace {

/// A part of the check that meets damage it cannot pass reports that, and the other parts go on.
template <class Part>
void checked(std::function<void(Flaw const&)> const& report, Part&& part) {
  try {
    part();
  } catch (base::Error const& error) {
    if (error.kind() != base::ErrorKind::damaged) throw;
    report({"structure", "store", error.message()});
  }
}

void check_migrations(Connection& db, std::function<void(Flaw const&)> const& report) {
  for (MigrationStep const& step : migration_steps()) {
    Reading row(db.prepare("SELECT sha256 FROM schema_migrations WHERE version = $1"));
    row->bind(1, step.version);
    if (row->step() && row->text(0) == base::sha256_hex(step.sql)) continue;
    report({"structure", "migration " + std::to_string(step.version), "it is not recorded as this program made it"});
  }
}

/// Hashes tell of a row that was altered, not of one that is gone: these are the rows that others call for.
void check_missing_rows(Connection& db, std::function<void(Flaw const&)> const& report) {
  Reading names(db.prepare("SELECT count(*) FROM store_info WHERE name IN ('store_id', 'created_at')"));
  if (!names->step() || names->integer(0) != 2) report({"missing", "store_info", "the store's id or birth is gone"});
  Reading given(db.prepare(
      "SELECT count(*), coalesce((SELECT value FROM sequences WHERE name = 'ticket'), 0) FROM support_tickets AS t "
      "JOIN events AS e ON e.record_id = t.id AND e.noun = 'ticket' WHERE e.kind = 'created'"));
  if (given->step() && given->integer(0) > given->integer(1)) {
    report({"missing", "sequences", "more tickets were numbered than the counter says"});
  }
  Reading keys(
      db.prepare("SELECT t.ticket_number FROM support_tickets AS t LEFT JOIN idempotency_keys AS k "
                 "ON k.noun = 'ticket' AND k.key = t.key WHERE t.key IS NOT NULL AND k.record_id IS NULL"));
  while (keys->step()) report({"missing", keys->text(0), "its idempotency key is gone"});
}

void check_keys(Connection& db, std::function<void(Flaw const&)> const& report) {
  Reading rows(
      db.prepare("SELECT k.key FROM idempotency_keys AS k LEFT JOIN support_tickets AS t ON t.id = k.record_id "
                 "WHERE k.noun = 'ticket' AND t.id IS NULL"));
  while (rows->step()) report({"reference", "key " + rows->text(0).substr(0, 80), "its ticket is not stored"});
}

}  // namespace

Figures figures(Store& store) {
  ReadTx const view(store);
  Connection& db = store.connection();
  Figures found;
  found.store_id = store.store_id();
  found.engine = store.engine();
  found.engine_version = store.engine_version();
  found.schema_version = store.schema_version();
  found.tickets = db.number("SELECT count(*) FROM support_tickets");
  found.events = db.number("SELECT count(*) FROM events");
  found.outbox_waiting = db.number("SELECT count(*) FROM outbox WHERE state = 'WAITING'");
  found.bytes = store.bytes();
  found.log_bytes = store.log_bytes();
  return found;
}

std::string backup_store(Store& store, std::string const& target) { return store.copy_to(target); }

void check_store(Store& store, std::function<void(Flaw const&)> const& report) {
  ReadTx const view(store);
  Connection& db = store.connection();
  checked(report, [&] {
    store.check_structure([&](std::string const& what, std::string const& problem) {
      report({what, "store", problem});
    });
  });
  for (HashedTable const* table : {&kStoreInfo, &kMigrations, &kSequences, &kKeys, &kOutbox, &kLinks, &kLadderSteps,
                                   &kCallbacks, &kAttachments, &kTurns}) {
    checked(report, [&] {
      verify_rows(db, *table, [&](std::string const& key) {
        report({"row_hash", key, "its hash does not fit its columns"});
      });
    });
  }
  checked(report, [&] { check_migrations(db, report); });
  checked(report, [&] { check_keys(db, report); });
  checked(report, [&] { check_missing_rows(db, report); });
  checked(report, [&] { verify_history(db, std::nullopt, report); });
}

}  // namespace umsops::store
