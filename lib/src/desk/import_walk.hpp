// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "desk/open_desk.hpp"
#include "desk/read_ahead.hpp"
#include "umsops/desk/record_desk.hpp"

namespace umsops::desk {

/// Counts what was done with the records of an import, and tells whoever waits.
class ImportTally {
 public:
  explicit ImportTally(ImportOptions const& options) : options_(options) { summary_.dry_run = options.dry_run; }

  void read();
  void done(Result result);
  /// Throws the error, with the record's place, unless it is the record's own and the import is to go on.
  void refused(ImportRecord const& record, base::Error error);
  void committed() const {
    if (options_.committed) options_.committed(summary_);
  }
  ImportSummary const& summary() const { return summary_; }

 private:
  ImportOptions const& options_;
  ImportSummary summary_;
};

/// The way of an import through its records, whatever they are of. A thread of its own reads and prepares ahead; all
/// else happens in one transaction, or, where errors do not stop the import, in one for each chunk of records, which
/// lets other writers in between. An `Importer` is of one kind of record:
///
///   void prepare(ImportRecord, Prepared&)    called by the thread that reads ahead; keeps the record as `record`
///   bool heavy(Prepared const&)              few of these are held at a time
///   Result take(store::WriteTx&, Prepared&)  throws before it writes anything
///   void finish(store::WriteTx&, ImportTally&)  after the last record
template <class Importer>
ImportSummary walk_import(OpenDesk& desk, ImportSource const& source, ImportOptions const& options,
                          Importer& importer) {
  using Prepared = typename Importer::Prepared;
  ImportTally tally(options);
  ReadAhead<Prepared> records(
      [&](Prepared& prepared) {
        auto record = source();
        if (record) importer.prepare(std::move(*record), prepared);
        return record.has_value();
      },
      [&](Prepared const& prepared) { return importer.heavy(prepared); });
  auto& store = desk.writing();
  // What the source gave cannot be asked for again: nobody may come in between.
  auto const begin = [&] {
    auto tx = std::make_unique<store::WriteTx>(store);
    tx->take_turn();
    return tx;
  };
  auto tx = begin();
  std::int64_t in_chunk = 0;
  while (auto* const prepared = records.next()) {
    desk.check_interrupted();
    tally.read();
    try {
      tally.done(importer.take(*tx, *prepared));
    } catch (base::Error const& error) {
      tally.refused(prepared->record, error);
    }
    if (options.continue_on_error && !options.dry_run && ++in_chunk >= options.chunk) {
      tx->commit();
      tally.committed();
      tx.reset();
      tx = begin();
      in_chunk = 0;
    }
  }
  importer.finish(*tx, tally);
  desk.check_interrupted();
  options.dry_run ? tx->rollback() : tx->commit();
  tally.committed();
  return tally.summary();
}

}  // namespace umsops::desk
