// SPDX-License-Identifier: Apache-2.0
// A kind of record that no program has: three fields of its own and those that every kind needs. What is true of it is
// true of the next noun.
#pragma once

#include "fixture.hpp"
#include "model/changes.hpp"
#include "store/record_row.hpp"
#include "store/schema.hpp"

namespace umsops::store {

inline base::RecordType const& probe_type() {
  using namespace base;
  static constexpr std::string_view kMoods[] = {"CALM", "TENSE", "WILD"};
  static Field const kFields[] = {
      {"id", FieldType::text, "id", kAlways | kUnlogged | kFilter, "", "", ""},
      {"probe_number", FieldType::text, "probe_number", kAlways | kUnlogged | kFilter, "", "", ""},
      {"secret", FieldType::text, "secret", kFilter | kPersonal, "", "", ""},
      {"depth", FieldType::integer, "depth", kFilter, "", "", ""},
      {"mood", FieldType::choice, "mood", kAlways | kFilter, "", "", "", kMoods},
      {"rev", FieldType::integer, "rev", kAlways | kUnlogged | kFilter, "", "", ""},
      {"later", FieldType::text, "later", kFilter, "", "", ""},  // as if a second schema had brought it
      {"created_at", FieldType::time, "created_at", kAlways | kUnlogged | kFilter, "", "", ""},
  };
  static RecordType const kType{"probe", kFields, "probe_number"};
  return kType;
}

inline constexpr std::string_view kProbeSteps =
    "CREATE TABLE probes(\n"
    "  n BIGINT NOT NULL PRIMARY KEY,\n"
    "  id TEXT NOT NULL,\n"
    "  probe_number TEXT NOT NULL,\n"
    "  secret TEXT,\n"
    "  depth BIGINT,\n"
    "  mood TEXT NOT NULL,\n"
    "  rev BIGINT NOT NULL,\n"
    "  later TEXT,\n"
    "  created_at BIGINT NOT NULL,\n"
    "  last_event BIGINT NOT NULL,\n"
    "  brought BIGINT\n"
    ")/*strict*/;\n"
    "CREATE INDEX probes_created ON probes(created_at);\n"
    "CREATE UNIQUE INDEX probes_id ON probes(id) WHERE brought = 1;\n"
    "CREATE UNIQUE INDEX probes_number ON probes(probe_number) WHERE brought = 1;\n"
    "CREATE TABLE probe_samples(\n"
    "  noun TEXT NOT NULL,\n"
    "  record BIGINT NOT NULL,\n"
    "  place BIGINT NOT NULL,\n"
    "  colour TEXT NOT NULL,\n"
    "  seq BIGINT NOT NULL,\n"
    "  PRIMARY KEY(noun, record, place)\n"
    ")/*keyed*/;\n";

inline constexpr Column kSampleColumns[] = {
    {"noun"}, {"record", Column::Type::integer}, {"place", Column::Type::integer}, {"colour"}};
inline constexpr Table kSamples{
    .name = "probe_samples", .columns = kSampleColumns, .keys = 3, .bound = true, .of_records = true};
inline constexpr std::string_view kProbeKeys[] = {"probe", "probe.note"};

inline RecordTable const& probe_table() {
  static RecordTable const kTable = RecordTable::made({.type = probe_type(),
                                                       .name = "probes",
                                                       .not_found = base::errors::ticket_not_found,
                                                       .created = "created_at",
                                                       .key_nouns = kProbeKeys});
  return kTable;
}

/// The desk's schema and one step that adds the probes.
inline Schema const& probe_schema() {
  static std::vector<RecordTable const*> const kRecords = [] {
    std::vector<RecordTable const*> records(record_tables().begin(), record_tables().end());
    records.push_back(&probe_table());
    return records;
  }();
  static std::vector<Table const*> const kTables = [] {
    std::vector<Table const*> tables(other_tables().begin(), other_tables().end());
    tables.push_back(&kSamples);
    return tables;
  }();
  static Schema const kSchema = [] {
    Schema schema{desk_schema().steps, kRecords, kTables, desk_schema().first};
    schema.steps.push_back({schema.version() + 1, "probes", kProbeSteps});
    return schema;
  }();
  return kSchema;
}

/// A store with probes, and one way to file them.
struct ProbeDesk {
  Folder folder;
  std::string path = tests::store_name(folder.file("probes.db"));
  base::CountedIds ids{1};
  std::unique_ptr<Store> store;

  ProbeDesk() {
    create_store(path, "01probes", at(kStart), probe_schema());
    store = open();
  }
  std::unique_ptr<Store> open() const {
    return open_store({path, OpenOptions::Access::write, base::Milliseconds{20'000}, &probe_schema()});
  }
  Connection& db() { return store->connection(); }

  void note(WriteTx& tx, base::Row const& row, std::string const& kind, std::string const& state, bool first,
            std::vector<model::Change> changes = {}) {
    model::Event event;
    event.at = at(kStart);
    event.actor = {"ops", "root", "probe " + kind};
    event.noun = "probe";
    event.record_id = row[0].text();
    event.kind = kind;
    event.rev = *row[5].get_if<std::int64_t>();
    event.first = first;
    event.changes = std::move(changes);
    append_event(tx, event, state, ids);
  }

  base::Row file(std::string const& secret, base::Value depth, std::string const& mood) {
    WriteTx tx(*store);
    std::string const number = "P-" + std::to_string(next_number(tx, probe_table()));
    base::Row row{ids.next_id(at(kStart)), number,        secret,    std::move(depth), mood,
                  std::int64_t{1},         base::Value(), at(kStart)};
    note(tx, row, "created", insert_record(tx, probe_table(), to_columns(probe_table(), row)), true);
    tx.commit();
    return row;
  }

  std::vector<std::string> listed(query::Query const& query) {
    std::vector<std::string> numbers;
    list_records(db(), probe_table(), query, [&](Columns const& columns) {
      numbers.emplace_back(columns[1].text());
      return true;
    });
    return numbers;
  }

  std::vector<std::string> problems() {
    std::vector<std::string> found;
    for (Flaw const& flaw : flaws_of(*store)) found.push_back(flaw.what + " " + flaw.record + ": " + flaw.problem);
    return found;
  }
};

}  // namespace umsops::store
