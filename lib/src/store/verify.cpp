// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include "store/bound_digests.hpp"
#include "store/bound_rows.hpp"
#include "store/chain.hpp"
#include "store/erasure.hpp"
#include "store/event_log.hpp"
#include "store/format2/convert.hpp"
#include "store/record_row.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/progress.hpp"

namespace umsops::store {
namespace {

using Report = std::function<void(Flaw const&)>;

/// Looking for the true place of an event tries its hash many times; a thoroughly broken chain is not worth it.
constexpr int kMostSearches = 20;
/// How far from each other events are looked for that changed places.
constexpr std::int64_t kNear = 16;

std::string event_name(std::int64_t seq) { return "event " + std::to_string(seq); }

/// Walks the chain event by event.
class ChainWalk {
 public:
  ChainWalk(Connection& db, std::string_view key, Report const& report, BoundDigests& bound)
      : db_(db), key_(key), key_id_(key_id_of(key)), report_(report), bound_(bound) {}

  HistoryFigures run() {
    static std::string const sql = "SELECT " + event_column_list() + " FROM events ORDER BY seq";
    Reading rows(db_.prepare_walk(sql));
    while (rows->step()) {
      visit(read_event_row(*rows));
      base::progressed();
    }
    judge_erasures();
    if (!key_.empty() && figures_.keyed_from == 0 && figures_.events > 0) {
      report_({"key", "history", "no entry was made with the key of audit_key_command"});
    }
    return figures_;
  }

 private:
  void visit(EventRow const& row) {
    std::string const name = event_name(row.seq);
    bool const behind_gap = row.seq != last_seq_ + 1;
    if (behind_gap) {
      report_({"gap", name,
               "events " + std::to_string(last_seq_ + 1) + " to " + std::to_string(row.seq - 1) + " are missing"});
    } else if (!fits(row, last_hash_)) {
      // Behind a gap it cannot be judged: the hash before it, which its own covers, is gone.
      report_broken(row, name);
    }
    follow_record(row, name);
    look_inside(row, name);
    count(row, name);
    last_seq_ = row.seq;
    // From what is stored, right or wrong: one flaw is told once, not again at every event behind it.
    last_hash_ = row.hash;
  }

  bool fits(EventRow const& row, std::string_view before) const {
    // Without the key, a hash that was made with it is taken as it is.
    if (!row.key_id.empty() && key_.empty()) return true;
    return chain_hash(row, before, key_) == row.hash;
  }

  /// The events about one record name each other, and come in the order of time. Those of different records need not:
  /// an import brings histories with their own times.
  void follow_record(EventRow const& row, std::string const& name) {
    auto& [seq, at] = last_events_[row.noun][row.record];
    if (row.previous != (row.record == 0 ? 0 : seq)) {
      report_({"chain", name, "the event before it about the same record is " + std::to_string(seq)});
    }
    // The store is one thing; what else has no record is about many.
    bool const same = row.record != 0 || row.noun == "store";
    bool const earlier = same && seq != 0 && row.at < at;
    if (earlier && figures_.backwards++ == 0) figures_.first_backwards = row.seq;
    seq = row.seq;
    at = row.at;
  }

  void look_inside(EventRow const& row, std::string const& name) {
    try {
      auto gone = verify_private_values(row, db_.schema(), [&](std::string const& problem) {
        report_({"digest", name, problem});
      });
      for (auto& field : gone) gone_.emplace(row.seq, std::move(field));
      for (auto const& erased : erasures_of(row)) told_.insert(erased);
      if (!bound_.take(row)) report_({"chain", name, "what it vouches for is unreadable"});
    } catch (base::Error const& error) {
      report_({"chain", name, error.message()});
    }
  }

  void count(EventRow const& row, std::string const& name) {
    ++figures_.events;
    figures_.given_times += row.given_time != 0;
    if (!row.key_id.empty() && figures_.keyed_from == 0) figures_.keyed_from = row.seq;
    if (figures_.keyed_from != 0 && row.key_id.empty()) report_({"key", name, "it was made without the key"});
    bool const other = !key_.empty() && row.key_id != key_id_;
    if (!row.key_id.empty() && (other || row.key_id.size() != kKeyIdBytes)) {
      report_({"key", name, "it was made with another key"});
    }
  }

  /// Each value that is gone needs an event that tells of its erasure.
  void judge_erasures() {
    for (auto const& value : gone_) {
      if (told_.contains(value)) {
        ++figures_.erased_values;
      } else {
        report_({"digest", event_name(value.first),
                 "the value of " + value.second + " is gone, and no event tells that it was erased"});
      }
    }
  }

  void report_broken(EventRow const& row, std::string const& name) {
    // An event that was only moved still has a hash that fits its old number. To say so tells far more than that the
    // hash does not fit here.
    if (auto const place = true_place(row); place != 0) {
      report_({"order", name, "it was written as event " + std::to_string(place)});
    } else {
      report_({"chain", name, "its hash does not fit what it says, or it does not follow the event before it"});
    }
  }

  /// The number under which the event was written, when that is another one near by; 0 otherwise. The events around may
  /// have been moved as well, so each hash near by is tried as the one before.
  std::int64_t true_place(EventRow row) {
    if (searches_ == kMostSearches) return 0;
    ++searches_;
    std::int64_t const here = row.seq;
    std::vector<std::string> hashes{no_hash()};
    {
      Reading near(db_.prepare("SELECT hash FROM events WHERE seq >= $1 AND seq <= $2"));
      near->bind(1, here - kNear - 1).bind(2, here + kNear);
      while (near->step()) hashes.push_back(near->bytes(0));
    }
    for (row.seq = std::max<std::int64_t>(1, here - kNear); row.seq <= here + kNear; ++row.seq) {
      if (row.seq == here) continue;
      for (auto const& before : hashes) {
        if (chain_hash(row, before, key_) == row.hash) return row.seq;
      }
    }
    return 0;
  }

  Connection& db_;
  std::string_view key_;
  std::string key_id_;
  Report const& report_;
  BoundDigests& bound_;
  HistoryFigures figures_;
  std::int64_t last_seq_ = 0;
  std::string last_hash_ = no_hash();
  int searches_ = 0;
  /// `seq` and time, by noun and record.
  std::map<std::string, std::unordered_map<std::int64_t, std::pair<std::int64_t, std::int64_t>>> last_events_;
  std::set<ErasedValue> gone_, told_;
};

/// The newest event about the record that tells its state, from its last one back.
std::optional<EventRow> last_state(Connection& db, std::int64_t seq) {
  auto event = find_event_row(db, seq);
  while (event && event->state_hash.empty() && event->previous != 0) event = find_event_row(db, event->previous);
  return event;
}

/// Each record is in the state that its last event left.
void verify_records(Connection& db, RecordTable const& table, Report const& report) {
  std::string const name(table.name), noun(table.type.noun);
  Reading rows(db.prepare_walk("SELECT " + stored_list(table) + ", " + (table.derives ? "derived_check" : "NULL") +
                               ", brought, coalesce((SELECT max(e.seq) FROM events AS e WHERE e.seq = " + name +
                               ".last_event AND e.record = " + name + ".n AND e.noun = '" + noun + "'), 0) FROM " +
                               name + " ORDER BY n"));
  int const extra = stored_count(table);
  std::size_t const number = table.column_of(table.type.number_field);
  for (; rows->step(); base::progressed()) {
    StoredRow const row = read_stored(table, *rows);
    std::string const record(row.columns[number].text());
    if (table.derives && derived_check(table, row) != stored_at(*rows, extra, Column::Type::integer)) {
      report(
          {"row_hash", record, "its due times are not those that were stored; make them anew: umsops tick --rebuild"});
    }
    bool const unsound =
        rows->integer(extra + 1) != (row.brought ? 1 : 0) || (!row.brought && must_be_brought(table, row));
    if (unsound) {
      report({"index", record, "it is not found by its id or number"});
    }
    if (rows->integer(extra + 2) == 0) {
      report({"state", record, "no event tells of it"});
      continue;
    }
    auto const event = last_state(db, row.last_event);
    if (!event || event->state_hash != state_digest(*event, state_text(table, row))) {
      report({"state", record, "it is not in the state that its last event left"});
    }
  }
}

/// The last event about a record says so in its row. A record that the history tells of must be there: nothing else
/// would show that its row was deleted.
void verify_missing(Connection& db, RecordTable const& table, Report const& report) {
  std::string const noun(table.type.noun);
  Reading rows(
      db.prepare("SELECT e.record, min(e.seq), max(e.seq), max(coalesce(t.last_event, 0)) FROM events AS e LEFT JOIN " +
                 std::string(table.name) +
                 " AS t ON t.n = e.record WHERE e.noun = $1 AND e.record IS NOT NULL GROUP BY e.record "
                 "HAVING max(e.seq) <> max(coalesce(t.last_event, 0))"));
  rows->bind(1, table.type.noun);
  while (rows->step()) {
    std::string const id = id_at(db, table, rows->integer(0));
    if (id.empty()) {
      report({"missing", noun + " " + std::to_string(rows->integer(0)),
              "the " + noun + " of " + event_name(rows->integer(1)) + " is not stored"});
    } else {
      report({"state", id, "its last event is " + event_name(rows->integer(2)) + ", and its row says another"});
    }
  }
}

/// A chain that was cut short, or written anew from the start, is sound in itself. Only a hash that was kept elsewhere
/// tells.
void verify_anchor(Connection& db, Head const& anchor, Report const& report) {
  if (anchor.seq == 0) {
    if (anchor.hash != no_hash()) report({"head", event_name(0), "it is not the one whose hash was kept"});
    return;
  }
  auto const event = find_event_row(db, anchor.seq);
  if (!event) {
    report({"head", event_name(anchor.seq),
            "the history ends before it: " + event_name(chain_head(db).seq) + " is the last"});
  } else if (event->hash != anchor.hash && !format2::is_head_before(db, anchor)) {
    report({"head", event_name(anchor.seq), "it is not the one whose hash was kept"});
  }
}

}  // namespace

HistoryFigures verify_history(Connection& db, std::optional<Head> const& against, std::string_view key,
                              std::function<void(Flaw const&)> const& report) {
  BoundDigests bound;
  base::progress_ahead(db.number("SELECT count(*) FROM events"));
  for (RecordTable const* table : db.schema().records)
    base::progress_ahead(db.number("SELECT count(*) FROM " + std::string(table->name)));
  HistoryFigures const figures = ChainWalk(db, key, report, bound).run();
  for (RecordTable const* table : db.schema().records) {
    verify_records(db, *table, report);
    verify_missing(db, *table, report);
  }
  bound.verify(db, report);
  if (against) verify_anchor(db, *against, report);
  return figures;
}

}  // namespace umsops::store
