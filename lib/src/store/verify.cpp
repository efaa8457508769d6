// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "store/chain.hpp"
#include "store/event_log.hpp"
#include "store/record_row.hpp"
#include "umsops/base/error.hpp"

namespace umsops::store {
namespace {

using Report = std::function<void(Flaw const&)>;

/// Looking for the true place of an event reads the chain again; a thoroughly broken one is not worth it.
constexpr int kMostSearches = 20;

std::string event_name(std::int64_t seq) { return "event " + std::to_string(seq); }

/// Walks the chain event by event.
class ChainWalk {
 public:
  ChainWalk(Connection& db, Report const& report) : db_(db), report_(report) {}

  void run() {
    static std::string const sql = "SELECT " + std::string(kEventColumns) + " FROM events ORDER BY seq";
    Reading rows(db_.prepare_walk(sql));
    while (rows->step()) visit(read_event_row(*rows));
  }

 private:
  void visit(EventRow const& row) {
    std::string const name = event_name(row.seq);
    if (row.seq != last_seq_ + 1) {
      report_({"gap", name,
               "events " + std::to_string(last_seq_ + 1) + " to " + std::to_string(row.seq - 1) + " are missing"});
    } else if (row.previous_hash != last_hash_ || chain_hash(row) != row.hash) {
      report_broken(row, name);
    }
    // Behind a gap the link to the event before cannot be judged; what the event says still can.
    if (row.seq != last_seq_ + 1 && chain_hash(row) != row.hash) report_broken(row, name);
    try {
      verify_private_values(row, db_.schema(), [&](std::string const& problem) { report_({"digest", name, problem}); });
    } catch (base::Error const& error) {
      report_({"chain", name, error.message()});
    }
    last_seq_ = row.seq;
    // From what is stored, right or wrong: one flaw is told once, not again at every event behind it.
    last_hash_ = row.hash;
  }

  void report_broken(EventRow const& row, std::string const& name) {
    // An event that was only moved still has a hash that fits its old number. To say so tells far more than that the
    // hash does not fit here.
    if (auto const place = true_place(row); place != 0) {
      report_({"order", name, "it was written as event " + std::to_string(place)});
    } else if (chain_hash(row) != row.hash) {
      report_({"chain", name, "its hash does not fit what it says"});
    } else {
      report_({"chain", name, "it does not follow the event before it"});
    }
  }

  /// The number under which the event was written, when that is another one; 0 otherwise.
  std::int64_t true_place(EventRow row) {
    if (searches_ == kMostSearches || row.previous_hash == last_hash_) return 0;
    ++searches_;
    std::int64_t const here = std::exchange(row.seq, 1);
    // A hash that no event has cannot lead to a place: the event was altered, not moved.
    if (row.previous_hash != kNoHash) {
      Reading before(db_.prepare("SELECT seq FROM events WHERE hash = $1"));
      before->bind(1, std::string_view(row.previous_hash));
      if (!before->step()) return 0;
    }
    // The events around may have been moved as well, so every place near is tried.
    for (std::int64_t place = std::max<std::int64_t>(1, here - 1000); place <= here + 1000; ++place) {
      row.seq = place;
      if (place != here && chain_hash(row) == row.hash) return place;
    }
    return 0;
  }

  Connection& db_;
  Report const& report_;
  std::int64_t last_seq_ = 0;
  std::string last_hash_{kNoHash};
  int searches_ = 0;
};

/// Each record's hashes, and that it is in the state that its last event left: a row could be altered together with its
/// own hash, but not with the chain's.
void verify_records(Connection& db, RecordTable const& table, Report const& report) {
  std::string const name(table.name), noun(table.type.noun);
  std::string const derived = table.derived_hash.empty() ? "NULL" : std::string(table.derived_hash);
  Reading rows(db.prepare_walk(
      "SELECT " + column_list(table) + ", n, " + std::string(table.parts_hash) + ", row_salt, row_hash, " + derived +
      ", (SELECT e.state_hash FROM events AS e WHERE e.record_id = " + name + ".id AND e.noun = '" + noun +
      "' AND e.state_hash <> '' ORDER BY e.seq DESC LIMIT 1) FROM " + name + " ORDER BY n"));
  int const extra = static_cast<int>(table.columns.size());
  std::size_t const number = table.column_of(table.type.number_field);
  while (rows->step()) {
    StoredRow const row = read_stored(table, *rows);
    std::string const record(row.columns[number].text());
    std::string const hash = hash_of(table, row);
    if (hash != rows->text(extra + 3)) report({"row_hash", record, "its hash does not fit its columns"});
    if (derived_hash(table, row) != rows->text(extra + 4)) {
      report(
          {"row_hash", record, "its due times are not those that were stored; make them anew: umsops tick --rebuild"});
    }
    if (rows->is_null(extra + 5)) {
      report({"state", record, "no event tells of it"});
    } else if (rows->text(extra + 5) != hash) {
      report({"state", record, "it is not in the state that its last event left"});
    }
  }
}

/// A record that the history tells of must be there: nothing else would show that its row was deleted.
void verify_missing(Connection& db, RecordTable const& table, Report const& report) {
  Reading rows(db.prepare("SELECT e.record_id, min(e.seq) FROM events AS e LEFT JOIN " + std::string(table.name) +
                          " AS t ON t.id = e.record_id WHERE e.noun = $1 AND e.record_id IS NOT NULL AND t.id IS NULL "
                          "GROUP BY e.record_id"));
  rows->bind(1, table.type.noun);
  while (rows->step()) {
    report({"missing", rows->text(0),
            "the " + std::string(table.type.noun) + " of " + event_name(rows->integer(1)) + " is not stored"});
  }
}

/// The hashes of each record's parts must add up to what the record says.
void verify_parts(Connection& db, RecordTable const& table, Report const& report) {
  if (!table.parts) return;
  std::string const name(table.name), hash(table.parts_hash), parts(table.parts->name), owner(table.parts_owner);
  std::string const number = number_column(table);
  std::string const word = "its " + hash.substr(0, hash.find("_hash"));
  std::string id, shown, expected, found;
  auto const close = [&] {
    if (!id.empty() && found != expected) {
      report({"response", shown.empty() ? id : shown, word + " are not those that its history tells of"});
    }
  };
  // One walk over all parts, ordered by their record; a query for each record would take far longer.
  Reading rows(db.prepare_walk("SELECT r." + owner + ", r.row_hash, t." + number + ", t." + hash + " FROM " + parts +
                               " AS r LEFT JOIN " + name + " AS t ON t.id = r." + owner + " ORDER BY r." + owner +
                               ", r.n"));
  while (rows->step()) {
    if (rows->text(0) != id) {
      close();
      id = rows->text(0);
      shown = rows->text(2);
      expected = rows->text(3);
      found.clear();
    }
    found = extend_parts_hash(found, rows->text(1));
  }
  close();
  // The walk meets no record that has lost all its parts.
  Reading without(db.prepare("SELECT " + number + " FROM " + name + " AS t WHERE " + hash +
                             " <> '' AND NOT EXISTS (SELECT 1 FROM " + parts + " AS r WHERE r." + owner + " = t.id)"));
  while (without->step()) report({"response", without->text(0), word + " are missing"});
}

/// Each row that an event tells of is stored.
void verify_told(Connection& db, HashedTable const& table, Report const& report) {
  if (table.told_as.empty()) return;
  std::string const told = "\"" + std::string(table.told_as) + "\":[null,\"";
  std::string const find = "SELECT 1 FROM " + std::string(table.name) + " WHERE id = $1";
  Reading rows(db.prepare_walk("SELECT seq, changes FROM events WHERE changes LIKE '%" + told + "%' ORDER BY seq"));
  while (rows->step()) {
    std::string const changes = rows->text(1);
    std::size_t const at = changes.find(told) + told.size();
    std::string const id = changes.substr(at, changes.find('"', at) - at);
    Reading row(db.prepare(find));
    row->bind(1, std::string_view(id));
    if (row->step()) continue;
    report({"missing", id,
            "the " + std::string(table.told_as) + " of " + event_name(rows->integer(0)) + " is not stored"});
  }
}

/// A chain that was cut short, or written anew from the start, is sound in itself. Only a hash that was kept elsewhere
/// tells.
void verify_anchor(Connection& db, Head const& anchor, Report const& report) {
  Reading row(db.prepare("SELECT hash FROM events WHERE seq = $1"));
  row->bind(1, anchor.seq);
  bool const found = anchor.seq == 0 || row->step();
  if (!found) {
    report({"head", event_name(anchor.seq),
            "the history ends before it: " + event_name(chain_head(db).seq) + " is the last"});
  } else if ((anchor.seq == 0 ? std::string(kNoHash) : row->text(0)) != anchor.hash) {
    report({"head", event_name(anchor.seq), "it is not the one whose hash was kept"});
  }
}

}  // namespace

void verify_history(Connection& db, std::optional<Head> const& against,
                    std::function<void(Flaw const&)> const& report) {
  ChainWalk(db, report).run();
  for (RecordTable const* table : db.schema().records) {
    verify_records(db, *table, report);
    verify_missing(db, *table, report);
  }
  for (HashedTable const* table : db.schema().tables) {
    if (!table->in_history) continue;
    verify_rows(db, *table, [&](std::string const& key) {
      report({"row_hash", key, "its hash does not fit its columns"});
    });
  }
  for (RecordTable const* table : db.schema().records) verify_parts(db, *table, report);
  for (HashedTable const* table : db.schema().tables) verify_told(db, *table, report);
  if (against) verify_anchor(db, *against, report);
}

}  // namespace umsops::store
