// SPDX-License-Identifier: Apache-2.0
#include "store/maintenance.hpp"

#include "store/articles.hpp"
#include "store/record_table.hpp"
#include "store/table.hpp"
#include "store/ticket_days.hpp"
#include "store/tickets.hpp"
#include "store/whole_index.hpp"
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
  for (MigrationStep const& step : db.schema().making()) {
    Reading row(db.prepare("SELECT sha256 FROM schema_migrations WHERE version = $1"));
    row->bind(1, step.version);
    // The text of the step, not only its number: two builds could have different steps of one number.
    if (row->step() && row->bytes(0) == base::sha256(step.sql)) continue;
    report({"structure", "migration " + std::to_string(step.version), "it is not recorded as this program made it"});
  }
}

/// Each key of something done to a record has its record.
void check_keys(Connection& db, RecordTable const& table, Report const& report) {
  std::string const name(table.name), noun(table.type.noun);
  for (std::string_view const keys : table.key_nouns) {
    Reading rows(db.prepare("SELECT k.key FROM idempotency_keys AS k LEFT JOIN " + name +
                            " AS t ON t.n = k.record WHERE k.noun = $1 AND t.n IS NULL"));
    rows->bind(1, keys);
    while (rows->step()) report({"reference", "key " + rows->text(0).substr(0, 80), "its " + noun + " is not stored"});
  }
}

/// The engine knows of no references: the record of a row may be of any kind.
void check_owners(Connection& db, Table const& table, RecordTable const& records, Report const& report) {
  Reading rows(db.prepare("SELECT DISTINCT p.record FROM " + std::string(table.name) + " AS p LEFT JOIN " +
                          std::string(records.name) + " AS t ON t.n = p.record WHERE p.noun = $1 AND t.n IS NULL"));
  rows->bind(1, records.type.noun);
  while (rows->step()) {
    report({"reference", std::string(table.name),
            "a row belongs to " + std::string(records.type.noun) + " " + std::to_string(rows->integer(0)) +
                ", which is not stored"});
  }
}

/// Hashes tell of a row that was altered, not of one that is gone: these are the rows that others call for.
void check_missing_rows(Connection& db, Report const& report) {
  Reading names(db.prepare("SELECT count(*) FROM store_info WHERE name IN ('store_id', 'created_at')"));
  if (!names->step() || names->integer(0) != 2) report({"missing", "store_info", "the store's id or birth is gone"});
  for (RecordTable const* records : db.schema().records) {
    check_keys(db, *records, report);
    for (Table const* table : db.schema().tables) {
      if (table->of_records) check_owners(db, *table, *records, report);
    }
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
  found.outbox_waiting = db.number("SELECT count(*) FROM outbox WHERE state IN ('WAITING', 'SENDING')");
  found.bytes = store.bytes();
  found.log_bytes = store.log_bytes();
  return found;
}

std::string backup_store(Store& store, std::string const& target) { return store.copy_to(target); }

void check_store(Store& store, std::string_view audit_key, Report const& report) {
  // A change that comes in during the check must not look like damage.
  ReadTx const view(store);
  Connection& db = store.connection();
  checked(report, [&] {
    store.check_structure([&](std::string const& what, std::string const& problem) {
      report({what, "store", problem});
    });
  });
  for (Table const* table : db.schema().tables) {
    // Bound rows are verified with the history below.
    if (table->bound) continue;
    checked(report, [&] {
      verify_rows(db, *table, [&](std::string const& row) {
        report({"row_hash", row, "its hash does not fit its columns"});
      });
    });
  }
  checked(report, [&] { check_migrations(db, report); });
  checked(report, [&] { check_missing_rows(db, report); });
  checked(report, [&] {
    if (!db.schema().find(article_table().type.noun)) return;
    check_search_index(db, [&](std::string const& problem) { report({"search", "search index", problem}); });
  });
  checked(report, [&] {
    if (!db.schema().find(ticket_table().type.noun)) return;
    check_ticket_days(db, [&](std::string const& problem) { report({"days", "counts by day", problem}); });
  });
  // Last, since it is the longest: by then structural damage has been reported.
  checked(report, [&] { verify_history(db, std::nullopt, audit_key, report); });
}

std::string first_flaw(Store& store, std::string_view audit_key) {
  std::string first;
  check_store(store, audit_key, [&](Flaw const& flaw) {
    if (first.empty()) first = flaw.record + ": " + flaw.problem;
  });
  return first;
}

}  // namespace umsops::store
