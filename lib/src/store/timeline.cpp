// SPDX-License-Identifier: Apache-2.0
#include "store/timeline.hpp"

#include <algorithm>

#include "store/chain.hpp"
#include "store/tickets.hpp"
#include "umsops/base/json.hpp"

namespace umsops::store {
namespace {

/// The text search leaves the few events that move the ticket; parsing all of them would take far longer. Changes are
/// written in one way only, and a quote within a value is escaped, so no value looks like this.
constexpr std::string_view kMoves =
    "SELECT e.at, e.changes FROM events_of AS o JOIN events AS e ON e.seq = o.seq "
    "WHERE e.changes LIKE '%\"status\":[%' ORDER BY o.seq";

constexpr std::string_view kOnTheLine =
    "SELECT e.seq, e.at, e.kind, e.actor, e.changes FROM events_of AS o JOIN events AS e ON e.seq = o.seq "
    "WHERE e.kind IN ('transferred', 'joined', 'left') ORDER BY o.seq";

std::optional<Moved> move_of(base::TimePoint at, base::Value const& from, base::Value const& to,
                             base::Value const& until) {
  auto const before = model::parse_status(from.text()), after = model::parse_status(to.text());
  if (!before || !after) return std::nullopt;
  Moved moved{at, *before, *after, std::nullopt};
  if (auto const* time = until.get_if<base::TimePoint>()) moved.until = *time;
  if (!moved.until) moved.until = base::parse_rfc3339(until.text());
  return moved;
}

base::Value member(base::Value const& changes, std::string_view field, std::size_t side) {
  base::Value const* const pair = changes.find(field);
  auto const* const both = pair ? pair->get_if<base::Value::List>() : nullptr;
  return both && both->size() == 2 ? (*both)[side] : base::Value();
}

}  // namespace

std::optional<Moved> move_in(base::TimePoint at, std::vector<model::Change> const& changes) {
  auto const find = [&](std::string_view field) {
    return std::find_if(changes.begin(), changes.end(), [&](auto const& change) { return change.field == field; });
  };
  auto const status = find("status"), until = find("pending_until");
  if (status == changes.end()) return std::nullopt;
  // The time before the change: waking up clears it.
  return move_of(at, status->before, status->after, until == changes.end() ? base::Value() : until->before);
}

std::vector<Moved> moves_of(Connection& db, std::string_view ticket_id) {
  std::vector<Moved> moves;
  std::int64_t const last = find_place(db, ticket_table(), ticket_id).last_event;
  Reading rows(db.prepare(std::string(kEventsOfRecord).append(kMoves)));
  rows->bind(1, last);
  while (rows->step()) {
    base::Value const changes = base::parse_json(rows->text(1), "events", kStoredJson);
    auto const moved = move_of(rows->time_at(0), member(changes, "status", 0), member(changes, "status", 1),
                               member(changes, "pending_until", 0));
    if (moved) moves.push_back(*moved);
  }
  return moves;
}

std::vector<LineEvent> line_events_of(Connection& db, std::string_view ticket_id) {
  std::vector<LineEvent> events;
  std::int64_t const last = find_place(db, ticket_table(), ticket_id).last_event;
  Reading rows(db.prepare(std::string(kEventsOfRecord).append(kOnTheLine)));
  rows->bind(1, last);
  while (rows->step()) {
    base::Value const changes = base::parse_json(rows->text(4), "events", kStoredJson);
    events.push_back(
        {rows->integer(0), rows->time_at(1), rows->text(2), rows->text(3), member(changes, "conversation", 1)});
  }
  return events;
}

}  // namespace umsops::store
