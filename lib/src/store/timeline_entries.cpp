// SPDX-License-Identifier: Apache-2.0
#include "store/timeline_entries.hpp"

#include "store/bound_rows.hpp"
#include "store/record_ref.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/json.hpp"

namespace umsops::store {
namespace {

constexpr std::string_view kOfRecord =
    "SELECT id, kind, at, recorded_at, author, content, data, corrects, pinned, place FROM timeline "
    "WHERE noun = $1 AND record = $2 ORDER BY place";
constexpr std::string_view kLast =
    "SELECT id, kind, at, recorded_at, author, content, data, corrects, pinned, place FROM timeline "
    "WHERE noun = $1 AND record = $2 AND kind = $3 ORDER BY place DESC LIMIT 1";

model::TimelineKind kind_of(std::string const& text) {
  if (auto const kind = model::parse_timeline_kind(text)) return *kind;
  throw base::Error(base::errors::store_damaged, {{"problem", "a timeline entry of no known kind"}});
}

model::TimelineEntry read_entry(Statement const& row, model::Ref const& record) {
  model::TimelineEntry entry;
  entry.id = row.text(0);
  entry.record = record;
  entry.kind = kind_of(row.text(1));
  entry.at = row.time_at(2);
  entry.recorded_at = row.time_at(3);
  entry.author = row.text(4);
  entry.text = row.text(5);
  if (auto const data = row.text(6); !data.empty()) entry.data = base::parse_json(data, "timeline");
  entry.corrects = row.text(7);
  entry.pinned = row.integer(8) != 0;
  entry.place = row.integer(9);
  return entry;
}

}  // namespace

void insert_timeline_entry(WriteTx& tx, model::TimelineEntry const& entry) {
  tx.take_turn();
  std::int64_t const n = in_hand_or_stored(tx, entry.record);
  std::int64_t const place = next_place(tx.connection(), kTimeline, entry.record.noun, n);
  insert_bound(tx, kTimeline,
               {entry.record.noun, n, place, entry.id, model::to_string(entry.kind), entry.at, entry.recorded_at,
                entry.author, entry.text, entry.data, entry.corrects, entry.pinned});
}

std::vector<model::TimelineEntry> timeline_of(Connection& db, model::Ref const& record) {
  std::int64_t const n = place_of(db, record);
  Reading rows(db.prepare(kOfRecord));
  rows->bind(1, std::string_view(record.noun)).bind(2, n);
  std::vector<model::TimelineEntry> found;
  while (rows->step()) found.push_back(read_entry(*rows, record));
  return found;
}

std::optional<model::TimelineEntry> last_entry(Connection& db, model::Ref const& record, model::TimelineKind kind) {
  std::int64_t const n = place_of(db, record);
  Reading row(db.prepare(kLast));
  row->bind(1, std::string_view(record.noun)).bind(2, n).bind(3, model::to_string(kind));
  return row->step() ? std::optional(read_entry(*row, record)) : std::nullopt;
}

}  // namespace umsops::store
