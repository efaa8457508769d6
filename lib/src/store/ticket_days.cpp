// SPDX-License-Identifier: Apache-2.0
#include "store/ticket_days.hpp"

#include <algorithm>
#include <chrono>
#include <map>

#include "store/migration.hpp"
#include "store/tickets.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/number.hpp"

namespace umsops::store {
namespace {

using base::Value;

constexpr std::string_view kKept = "report_zone";  ///< in `store_info`
constexpr std::string_view kUnseen = "unseen_changes";
constexpr std::string_view kNoDays = "none";  ///< its value where the counts were given up
/// So many changed rows are written at once; an import may touch any number of them.
constexpr std::size_t kMostChanges = 20'000;
/// No minutes are more than this (4,000 years): sums stay within their columns, whatever an import says.
constexpr std::int64_t kMostMinutes = INT32_MAX;

constexpr std::string_view kAdd =
    "INSERT INTO ticket_days(day, category, priority, state, n, beyond, response_n, response_sum, resolution_n, "
    "resolution_sum) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT(day, category, priority, state) DO "
    "UPDATE SET n = ticket_days.n + excluded.n, beyond = ticket_days.beyond + excluded.beyond, "
    "response_n = ticket_days.response_n + excluded.response_n, "
    "response_sum = ticket_days.response_sum + excluded.response_sum, "
    "resolution_n = ticket_days.resolution_n + excluded.resolution_n, "
    "resolution_sum = ticket_days.resolution_sum + excluded.resolution_sum";
constexpr std::string_view kDropEmpty =
    "DELETE FROM ticket_days WHERE day = $1 AND category = $2 AND priority = $3 AND state = $4 AND n = 0";

constexpr std::string_view kTickets =
    "SELECT created_at, category, priority, status, sla_deadline, response_time_minutes, resolution_time_minutes "
    "FROM support_tickets WHERE status <> 'SPAM' AND n > $1 AND n <= $2";
constexpr std::string_view kDays =
    "SELECT day, category, priority, state, n, beyond, response_n, response_sum, resolution_n, resolution_sum "
    "FROM ticket_days WHERE day >= $1 AND day <= $2 ORDER BY day, category, priority, state";

/// The states of open tickets are named one by one for their index, which has its own condition.
std::string late_sql() {
  std::string states;
  for (auto const status : model::status_names()) {
    if (status == "RESOLVED" || status == "CLOSED" || status == "SPAM") continue;
    states.append(states.empty() ? "'" : ", '").append(status).append("'");
  }
  std::string const late = "coalesce(sla_deadline, created_at + " + std::to_string(kDayBeyond * 60'000) + ")";
  return "SELECT " + late +
         ", category, priority FROM support_tickets WHERE status NOT IN ('RESOLVED', 'CLOSED') AND status IN (" +
         states + ") AND created_at >= $1 AND created_at < $2 AND " + late + " >= $3 AND " + late + " < $4 AND n <= $5";
}

/// Rows of months stand before those of all days: the months since 1970, and this.
constexpr std::int64_t kMonths = -1'000'000'000, kFirstDay = kMonths / 2;

std::chrono::year_month_day date_of(std::int64_t day) { return std::chrono::sys_days(std::chrono::days(day)); }

std::int64_t row_of(std::chrono::year_month month) {
  return kMonths + (int{month.year()} - 1970) * 12 + static_cast<int>(unsigned{month.month()}) - 1;
}

std::chrono::year_month month_of(std::int64_t row) {
  return std::chrono::year(1970) / std::chrono::January + std::chrono::months(row - kMonths);
}

/// The row of its month, where open tickets are not told apart by when they are late.
DayKey by_month(DayKey key) {
  auto const date = date_of(key.day);
  key.day = row_of(date.year() / date.month());
  key.state = std::min(key.state, kDayOpen);
  return key;
}

std::int64_t floor_of(std::int64_t value, std::int64_t by) { return value / by - (value % by < 0 ? 1 : 0); }

/// What of a ticket decides where it counts.
struct Counted {
  std::int64_t created = 0;
  std::string_view category, priority, status;
  std::optional<std::int64_t> deadline;
  std::array<std::optional<std::int64_t>, kDayMinutes.size()> minutes;
  bool operator==(Counted const&) const = default;
};

std::int64_t state_of(Counted const& ticket) {
  if (ticket.status == "RESOLVED") return kDayResolved;
  if (ticket.status == "CLOSED") return kDayClosed;
  auto const late = ticket.deadline.value_or(ticket.created + kDayBeyond * 60'000);
  return kDayOpen + std::max<std::int64_t>(floor_of(late, kDayLength), 0);
}

DayCount count_of(Counted const& ticket) {
  DayCount count;
  count.n = 1;
  count.beyond = ticket.minutes[1] && *ticket.minutes[1] > kDayBeyond ? 1 : 0;
  for (std::size_t i = 0; i < count.sum.size(); ++i) {
    if (!ticket.minutes[i]) continue;
    count.count[i] = 1;
    count.sum[i] = std::min(*ticket.minutes[i], kMostMinutes);
  }
  return count;
}

std::optional<std::int64_t> number_in(Value const& value) {
  auto const* const number = value.get_if<std::int64_t>();
  return number ? std::optional(*number) : std::nullopt;
}

std::string_view text_in(Value const& value) {
  auto const* const text = value.get_if<std::string>();
  return text ? std::string_view(*text) : std::string_view();
}

Counted counted_of(Columns const& columns) {
  struct Places {
    std::size_t created, category, priority, status, deadline;
    std::array<std::size_t, kDayMinutes.size()> minutes;
  };
  static Places const kPlaces = [] {
    auto const& table = ticket_table();
    Places places{table.column_of("created_at"), table.column_of("category"),     table.column_of("priority"),
                  table.column_of("status"),     table.column_of("sla_deadline"), {}};
    for (std::size_t i = 0; i < kDayMinutes.size(); ++i) places.minutes[i] = table.column_of(kDayMinutes[i]);
    return places;
  }();
  Counted ticket{number_in(columns[kPlaces.created]).value_or(0),
                 text_in(columns[kPlaces.category]),
                 text_in(columns[kPlaces.priority]),
                 text_in(columns[kPlaces.status]),
                 number_in(columns[kPlaces.deadline]),
                 {}};
  for (std::size_t i = 0; i < kDayMinutes.size(); ++i) ticket.minutes[i] = number_in(columns[kPlaces.minutes[i]]);
  return ticket;
}

void store_kept(Connection& db, DaysKept const& kept) {
  insert_hashed(db, kStoreInfo, {kKept, std::to_string(kept.up_to) + " " + kept.name},
                " ON CONFLICT(name) DO UPDATE SET value = excluded.value, row_hash = excluded.row_hash");
}

using Counts = std::map<DayKey, DayCount>;

/// Of the tickets behind a place, up to another.
void count_tickets(Connection& db, LocalDays& days, std::int64_t after, std::int64_t up_to,
                   std::function<void(DayKey, DayCount const&)> const& visit) {
  Reading rows(db.prepare_walk(kTickets));
  rows->bind(1, after).bind(2, up_to);
  auto const number = [&](int column) {
    return rows->is_null(column) ? std::nullopt : std::optional(rows->integer(column));
  };
  while (rows->step()) {
    std::string category = rows->text(1), priority = rows->text(2), status = rows->text(3);
    Counted ticket{rows->integer(0), category, priority, status, number(4), {}};
    for (std::size_t i = 0; i < kDayMinutes.size(); ++i) ticket.minutes[i] = number(5 + static_cast<int>(i));
    auto const state = state_of(ticket);
    auto const count = count_of(ticket);
    visit({days.of(ticket.created), std::move(category), std::move(priority), state}, count);
  }
}

/// In the order of their keys.
void walk_rows(Connection& db, std::int64_t first, std::int64_t last,
               std::function<void(DayKey const& key, DayCount const& count)> const& visit) {
  Reading rows(db.prepare_walk(kDays));
  rows->bind(1, first).bind(2, last);
  DayKey key;
  while (rows->step()) {
    key.day = rows->integer(0);
    key.category = rows->text(1);
    key.priority = rows->text(2);
    key.state = rows->integer(3);
    DayCount count;
    count.n = rows->integer(4);
    count.beyond = rows->integer(5);
    for (int i = 0; i < static_cast<int>(kDayMinutes.size()); ++i) {
      count.count[static_cast<std::size_t>(i)] = rows->integer(6 + 2 * i);
      count.sum[static_cast<std::size_t>(i)] = rows->integer(7 + 2 * i);
    }
    visit(key, count);
  }
}

std::string name_of(DayKey const& key) {
  auto const two = [](unsigned number) { return (number < 10 ? "-0" : "-") + std::to_string(number); };
  bool const is_day = key.day >= kFirstDay;
  auto const day = is_day ? date_of(key.day) : month_of(key.day) / 1;
  return std::to_string(int{day.year()}) + two(unsigned{day.month()}) + (is_day ? two(unsigned{day.day()}) : "") + " " +
         (key.category.empty() ? "-" : key.category) + " " + key.priority;
}

std::optional<base::TimeZone> zone_of(std::string const& name) {
  if (name == kNoDays) return std::nullopt;
  try {
    return base::TimeZone::load(name);
  } catch (base::Error const&) {
    return std::nullopt;  // this host does not know it
  }
}

/// `PLACE ZONE`, in one value: whoever has the turn on a server has read it by then.
DaysKept kept_of(std::string const& text) {
  auto const blank = text.find(' ');
  if (blank == std::string::npos) return {0, base::TimeZone(), base::TimeZone().name()};
  std::string_view const place = std::string_view(text).substr(0, blank);
  DaysKept kept{base::parse_integer(place, 0, INT64_MAX).value_or(0), {}, text.substr(blank + 1)};
  kept.zone = zone_of(kept.name);
  return kept;
}

std::int64_t last_ticket(Connection& db) { return db.number("SELECT coalesce(max(n), 0) FROM support_tickets"); }

}  // namespace

std::int64_t LocalDays::of(std::int64_t milliseconds) {
  if (zone_.is_utc()) return floor_of(milliseconds, kDayLength);
  if (milliseconds >= begin_ && milliseconds < end_) return day_;
  auto const civil = zone_.to_civil(base::TimePoint(base::Milliseconds(milliseconds)));
  std::chrono::sys_days const day(std::chrono::year(civil.year) / civil.month / civil.day);
  day_ = day.time_since_epoch().count();
  begin_ = begin(day_).time_since_epoch().count();
  end_ = begin(day_ + 1).time_since_epoch().count();
  return day_;
}

base::TimePoint LocalDays::begin(std::int64_t day) const {
  if (zone_.is_utc()) return base::TimePoint(base::Milliseconds(day * kDayLength));
  auto const date = date_of(day);
  return zone_.first_at(
      {int{date.year()}, static_cast<int>(unsigned{date.month()}), static_cast<int>(unsigned{date.day()})});
}

void DayCount::add(DayCount const& other, std::int64_t sign) {
  n += sign * other.n;
  beyond += sign * other.beyond;
  for (std::size_t i = 0; i < sum.size(); ++i) {
    count[i] += sign * other.count[i];
    sum[i] += sign * other.sum[i];
  }
}

std::size_t DayChanges::Hash::operator()(DayKey const& key) const {
  std::hash<std::string_view> const hash;
  auto const number = static_cast<std::size_t>(key.day * 64 + key.state);
  return (number ^ hash(key.category)) * 0x9e3779b97f4a7c15ULL + hash(key.priority);
}

void DayChanges::add(Connection& db, DayKey key, DayCount const& count, std::int64_t sign) {
  changes_[by_month(key)].add(count, sign);
  changes_[std::move(key)].add(count, sign);
  if (changes_.size() >= kMostChanges) write_counts(db);
}

DayChanges::DayChanges(DaysKept kept) : kept_(std::move(kept)), before_(kept_.up_to) {
  if (kept_.zone) days_.emplace(*kept_.zone);
}

void DayChanges::change(Connection& db, std::int64_t place, Columns const* before, Columns const* after) {
  if (!days_) return;
  if (place > kept_.up_to) {
    // Of tickets that come one behind the other none is left out: an import reads nothing of what it has written.
    if (before || !caught_up_) return;
    kept_.up_to = place;
  }
  for (auto const& [columns, sign] : {std::pair(before, -1), std::pair(after, 1)}) {
    if (!columns) continue;
    auto const ticket = counted_of(*columns);
    if (ticket.status == "SPAM") continue;
    add(db, {days_->of(ticket.created), std::string(ticket.category), std::string(ticket.priority), state_of(ticket)},
        count_of(ticket), sign);
  }
}

void DayChanges::count_up_to(Connection& db, std::int64_t place) {
  if (!days_) return;
  if (place > kept_.up_to)
    count_tickets(db, *days_, kept_.up_to, place,
                  [&](DayKey key, DayCount const& count) { add(db, std::move(key), count, 1); });
  kept_.up_to = std::max(kept_.up_to, place);
  caught_up_ = true;
}

void DayChanges::write_counts(Connection& db) {
  std::vector<std::pair<DayKey, DayCount>> ordered(changes_.begin(), changes_.end());
  changes_.clear();
  std::sort(ordered.begin(), ordered.end(), [](auto const& a, auto const& b) { return a.first < b.first; });
  for (auto const& [key, count] : ordered) {
    if (count == DayCount{}) continue;
    Reading add(db.prepare(kAdd));
    add->bind(1, key.day).bind(2, std::string_view(key.category)).bind(3, std::string_view(key.priority));
    add->bind(4, key.state).bind(5, count.n).bind(6, count.beyond);
    add->bind(7, count.count[0]).bind(8, count.sum[0]).bind(9, count.count[1]).bind(10, count.sum[1]).step();
    if (count.n >= 0) continue;
    Reading drop(db.prepare(kDropEmpty));
    drop->bind(1, key.day).bind(2, std::string_view(key.category)).bind(3, std::string_view(key.priority));
    drop->bind(4, key.state).step();
  }
}

void DayChanges::write(Connection& db) {
  write_counts(db);
  if (kept_.up_to == before_) return;
  before_ = kept_.up_to;
  store_kept(db, kept_);
}

namespace {

DayChanges& changes_of(WriteTx& tx) {
  auto& changes = tx.day_changes();
  if (changes) return *changes;
  auto& known = tx.places().report_zone;
  if (!known) known = stored_info(tx.connection(), kKept);
  auto kept = kept_of(*known);
  if (!kept.zone && kept.name != kNoDays) {
    kept.name = kNoDays;
    store_kept(tx.connection(), kept);
  }
  changes = std::make_unique<DayChanges>(std::move(kept));
  return *changes;
}

/// Whether none of this transaction's tickets has a later place, so that none like it is counted yet.
bool is_newest(WriteTx& tx, std::int64_t place) {
  auto const& last = tx.places().last;
  return !last.empty() && last[0] && *last[0] == place;
}

}  // namespace

void follow_ticket_days(WriteTx& tx, Columns const* before, Columns const* after) {
  auto const place = tx.in_hand().n;
  if (before) {
    // Most changes are of what nobody counts.
    if (after && counted_of(*before) == counted_of(*after)) return;
  } else if (!tx.day_changes() && is_newest(tx, place) && place % kDayFew != 0) {
    return;
  }
  auto& changes = changes_of(tx);
  if (!before && is_newest(tx, place) && place % kDayFew == 0) return changes.count_up_to(tx.connection(), place);
  changes.change(tx.connection(), place, before, after);
}

void note_unseen_change(WriteTx& tx) {
  if (!changes_of(tx).first_unseen()) return;
  auto const before = base::parse_integer(unseen_changes(tx.connection()), 0, INT64_MAX - 1).value_or(0);
  set_info(tx, kUnseen, std::to_string(before + 1));
}

std::string unseen_changes(Connection& db) { return stored_info(db, kUnseen); }

DaysKept days_kept(Connection& db) { return kept_of(stored_info(db, kKept)); }

void set_report_zone(WriteTx& tx, std::string const& name) {
  tx.take_turn();
  store_kept(tx.connection(), {0, {}, name});
  rebuild_ticket_days(tx);
}

void rebuild_ticket_days(WriteTx& tx) {
  tx.take_turn();
  auto& db = tx.connection();
  Reading(db.prepare("DELETE FROM ticket_days"))->step();
  auto kept = days_kept(db);
  kept.up_to = 0;
  DayChanges changes(std::move(kept));
  changes.count_up_to(db, last_ticket(db));
  changes.write(db);
  tx.places().report_zone = stored_info(db, kKept);
  tx.day_changes().reset();
}

void check_ticket_days(Connection& db, std::function<void(std::string const& problem)> const& report) {
  auto const kept = days_kept(db);
  if (!kept.zone) return;
  LocalDays days(*kept.zone);
  Counts counts;
  count_tickets(db, days, 0, kept.up_to, [&](DayKey key, DayCount const& count) {
    counts[by_month(key)].add(count, 1);
    counts[std::move(key)].add(count, 1);
  });
  walk_rows(db, INT64_MIN, INT64_MAX, [&](DayKey const& key, DayCount const& count) {
    auto const found = counts.find(key);
    if (found != counts.end() && found->second == count)
      counts.erase(found);
    else if (found == counts.end())
      report("it counts tickets that are not there: " + name_of(key));
  });
  for (auto const& [key, count] : counts) report("its figures are not those of the tickets: " + name_of(key));
}

std::size_t add_ticket_days(WriteTx& tx, std::span<MigrationStep const> rest, base::TimePoint now) {
  tx.connection().run_step(rest.front().sql);
  record_migration(tx.connection(), rest.front(), now);
  rebuild_ticket_days(tx);
  return 1;
}

void walk_ticket_days(Connection& db, std::optional<std::int64_t> first, std::optional<std::int64_t> last,
                      std::function<void(DayKey const& key, DayCount const& count)> const& visit) {
  walk_rows(db, first.value_or(kFirstDay), last.value_or(INT64_MAX), visit);
}

void walk_ticket_months(Connection& db, std::optional<std::chrono::year_month> first,
                        std::optional<std::chrono::year_month> last,
                        std::function<void(DayKey const& key, DayCount const& count)> const& visit) {
  walk_rows(db, first ? row_of(*first) : INT64_MIN, last ? row_of(*last) : kFirstDay - 1,
            [&](DayKey const& key, DayCount const& count) {
              auto of_day = key;
              of_day.day = std::chrono::sys_days(month_of(key.day) / 1).time_since_epoch().count();
              visit(of_day, count);
            });
}

void walk_late_tickets(Connection& db, std::int64_t up_to, base::TimePoint since, base::TimePoint until,
                       base::TimePoint late_since, base::TimePoint late_until,
                       std::function<void(LateTicket const&)> const& visit) {
  Reading rows(db.prepare_walk(late_sql()));
  rows->bind(1, since).bind(2, until).bind(3, late_since).bind(4, late_until).bind(5, up_to);
  while (rows->step()) visit({rows->integer(0), rows->text(1), rows->text(2)});
}

std::optional<base::TimePoint> last_created(Connection& db) {
  Reading row(db.prepare("SELECT max(created_at) FROM support_tickets"));
  if (!row->step() || row->is_null(0)) return std::nullopt;
  return row->time_at(0);
}

}  // namespace umsops::store
