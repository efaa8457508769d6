// SPDX-License-Identifier: Apache-2.0
#include "store/maintenance.hpp"

#include "store/record_table.hpp"
#include "store/row_hash.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/hash.hpp"

namespace umsops::store {
namespace {

using Report = std::function<void(Flaw const&)>;

/// A part of the check that meets damage it cannot pass reports that, and the other parts go on.
template <class Part>
void checked(Report const& report, Part&& part) {
  try {
    part();
  } catch (base::Error const& error) {
    if (error.kind() != base::ErrorKind::damaged) throw;
    report({"structure", "store", error.message()});
  }
}

void check_migrations(Connection& db, Report const& report) {
  for (MigrationStep const& step : db.schema().steps) {
    Reading row(db.prepare("SELECT sha256 FROM schema_migrations WHERE version = $1"));
    row->bind(1, step.version);
    // The text of the step, not only its number: two builds could have different steps of one number.
    if (row->step() && row->text(0) == base::sha256_hex(step.sql)) continue;
    report({"structure", "migration " + std::to_string(step.version), "it is not recorded as this program made it"});
  }
}

/// Each record made here took a number from the counter, so the counter cannot be behind their count. An older
/// counter, restored from somewhere, would give numbers twice.
void check_numbers(Connection& db, RecordTable const& table, Report const& report) {
  std::string const noun(table.type.noun);
  Reading given(db.prepare("SELECT count(*), coalesce((SELECT value FROM sequences WHERE name = '" + noun +
                           "'), 0) FROM " + std::string(table.name) +
                           " AS t JOIN events AS e ON e.record_id = t.id AND e.noun = '" + noun +
                           "' WHERE e.kind = 'created'"));
  if (given->step() && given->integer(0) > given->integer(1)) {
    report({"missing", "sequences", "more " + noun + "s were numbered than the counter says"});
  }
}

/// A record that was filed with a key has it, and each key has its record.
void check_keys(Connection& db, RecordTable const& table, Report const& report) {
  std::string const name(table.name), noun(table.type.noun);
  if (table.type.find("key")) {
    Reading gone(db.prepare("SELECT t." + number_column(table) + " FROM " + name +
                            " AS t LEFT JOIN idempotency_keys AS k ON k.noun = '" + noun +
                            "' AND k.key = t.key WHERE t.key IS NOT NULL AND k.record_id IS NULL"));
    while (gone->step()) report({"missing", gone->text(0), "its idempotency key is gone"});
  }
  for (std::string_view const keys : table.key_nouns) {
    Reading rows(db.prepare("SELECT k.key FROM idempotency_keys AS k LEFT JOIN " + name +
                            " AS t ON t.id = k.record_id WHERE k.noun = $1 AND t.id IS NULL"));
    rows->bind(1, keys);
    while (rows->step()) report({"reference", "key " + rows->text(0).substr(0, 80), "its " + noun + " is not stored"});
  }
}

/// Hashes tell of a row that was altered, not of one that is gone: these are the rows that others call for.
void check_missing_rows(Connection& db, Report const& report) {
  Reading names(db.prepare("SELECT count(*) FROM store_info WHERE name IN ('store_id', 'created_at')"));
  if (!names->step() || names->integer(0) != 2) report({"missing", "store_info", "the store's id or birth is gone"});
  for (RecordTable const* table : db.schema().records) {
    check_numbers(db, *table, report);
    check_keys(db, *table, report);
  }
}

}  // namespace

Figures figures(Store& store) {
  // One view: figures of different moments would contradict each other.
  ReadTx const view(store);
  Connection& db = store.connection();
  Figures found;
  found.store_id = store.store_id();
  found.engine = store.engine();
  found.engine_version = store.engine_version();
  found.schema_version = store.schema_version();
  for (RecordTable const* table : db.schema().records) {
    found.records.push_back(db.number("SELECT count(*) FROM " + std::string(table->name)));
  }
  found.events = db.number("SELECT count(*) FROM events");
  found.outbox_waiting = db.number("SELECT count(*) FROM outbox WHERE state = 'WAITING'");
  found.bytes = store.bytes();
  found.log_bytes = store.log_bytes();
  return found;
}

std::string backup_store(Store& store, std::string const& target) { return store.copy_to(target); }

void check_store(Store& store, Report const& report) {
  // A change that comes in during the check must not look like damage.
  ReadTx const view(store);
  Connection& db = store.connection();
  checked(report, [&] {
    store.check_structure([&](std::string const& what, std::string const& problem) {
      report({what, "store", problem});
    });
  });
  for (HashedTable const* table : db.schema().tables) {
    // These are verified with the history below; once is enough.
    if (table->in_history) continue;
    checked(report, [&] {
      verify_rows(db, *table, [&](std::string const& key) {
        report({"row_hash", key, "its hash does not fit its columns"});
      });
    });
  }
  checked(report, [&] { check_migrations(db, report); });
  checked(report, [&] { check_missing_rows(db, report); });
  // Last, since it is the longest: by then structural damage has been reported.
  checked(report, [&] { verify_history(db, std::nullopt, report); });
}

}  // namespace umsops::store
