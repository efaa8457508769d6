// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "desk/find.hpp"
#include "desk/import_prepare.hpp"
#include "store/event_log.hpp"
#include "store/keys.hpp"
#include "umsops/base/error.hpp"

namespace umsops::desk {

/// Which stored record an imported one is about; for a `Kind` see `RecordImporter`.
template <class Kind>
class RecordMatch {
 public:
  using Record = typename Kind::Record;
  using Imported = ImportedRecord<Record>;
  using Prepared = PreparedRecord<Record>;

  /// `start`: head of the chain when the import began.
  explicit RecordMatch(std::int64_t start) : start_(start) {}

  /// The stored record that is meant. A record that names none goes by its content.
  std::optional<Record> find(store::Connection& db, Prepared& prepared) {
    Imported& in = prepared.in;
    if (in.gives(Kind::type(), "id")) {
      if (auto found = by(db, store::By::id, in.record.id)) return found;
    }
    if (in.gives(Kind::type(), Kind::type().number_field)) {
      auto found = by(db, store::By::number, number_of(in.record));
      if (found && in.gives(Kind::type(), "id") && found->id != in.record.id) {
        throw base::Error(base::errors::import_rejected,
                          {{"problem", "number " + number_of(in.record) + " belongs to another one here"}});
      }
      if (found) return found;
    }
    if (in.gives(Kind::type(), "key")) return by_key(db, in.record.key);
    if (prepared.content_key.empty()) return std::nullopt;
    std::string const& key = prepared.content_key;
    in.record.key = key;
    // Equal rows of one file are different records; equal rows of an earlier import are these.
    auto const counted = copies_.find(key);
    for (int copy = counted == copies_.end() ? 1 : counted->second + 1;; ++copy) {
      if (copy > 1) in.record.key = key + "#" + std::to_string(copy);
      auto found = by_key(db, in.record.key);
      if (found && from_this_run(db, *found)) continue;
      if (copy > 1) copies_[key] = copy;
      return found;
    }
  }

  /// Two about one stored record in one file: which of them is meant cannot be known.
  void refuse_second(store::Connection& db, Record const& stored) {
    if (!from_this_run(db, stored)) return;
    auto const events = store::events_of(db, noun(), stored.id);
    std::string const& reason = events.back().reason;
    std::string const line = reason.substr(reason.rfind(':') + 1);
    bool const told = !line.empty() && line.find_first_not_of("0123456789") == std::string::npos;
    throw base::Error(base::errors::import_duplicate, {{"ident", number_of(stored)}, {"line", told ? line : "?"}});
  }

 private:
  static std::string_view noun() { return Kind::type().noun; }
  static std::string number_of(Record const& record) {
    return std::string(model::text_of(record, Kind::type().require(Kind::type().number_field)));
  }
  static std::optional<Record> made_of(std::optional<store::Columns> const& columns) {
    return columns ? std::optional(Kind::from(*columns)) : std::nullopt;
  }
  static std::optional<Record> by(store::Connection& db, store::By what, std::string const& name) {
    return made_of(store::find_record(db, Kind::subject().table, what, name));
  }

  std::optional<Record> by_key(store::Connection& db, std::string const& key) {
    auto const row = store::find_key(db, Kind::keys, key);
    return made_of(row ? store::record_at(db, Kind::subject().table, row->record) : std::nullopt);
  }

  bool from_this_run(store::Connection& db, Record const& record) {
    return store::last_event_of(db, noun(), record.id) > start_;
  }

  std::int64_t start_;
  std::unordered_map<std::string, int> copies_;  ///< rows that came more than once in this run, and how often
};

}  // namespace umsops::desk
