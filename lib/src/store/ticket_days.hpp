// SPDX-License-Identifier: Apache-2.0
// Tickets counted by day, category, priority and state, and so by month: what reports over long times are made of. All
// tickets up to one place are counted, and the counts follow each change of one of these in its own transaction, so
// they are right at any moment. The few behind that place are not, so that a new ticket costs nothing; each `kDayFew`th
// one counts them. Nothing of it is hashed.
#pragma once

#include <array>
#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "store/store.hpp"
#include "umsops/base/time_zone.hpp"

namespace umsops::store {

/// The minutes that are added up, in the order of the table's columns.
inline constexpr std::array<std::string_view, 2> kDayMinutes{"response_time_minutes", "resolution_time_minutes"};
/// At most so many tickets are not counted yet.
inline constexpr std::int64_t kDayFew = 128;
inline constexpr std::int64_t kDayResolved = 0, kDayClosed = 1, kDayOpen = 2;
/// What `beyond` counts: resolved after more minutes than this. An open ticket without a deadline is late after them.
inline constexpr std::int64_t kDayBeyond = 240;
inline constexpr std::int64_t kDayLength = 86'400'000;

/// Local days as days since 1970-01-01.
class LocalDays {
 public:
  explicit LocalDays(base::TimeZone zone) : zone_(std::move(zone)) {}
  std::int64_t of(std::int64_t milliseconds);
  base::TimePoint begin(std::int64_t day) const;
  base::TimeZone const& zone() const { return zone_; }

 private:
  base::TimeZone zone_;
  std::int64_t begin_ = 0, end_ = 0, day_ = 0;  ///< the last one that was found
};

struct DayKey {
  std::int64_t day = 0;
  std::string category, priority;
  std::int64_t state = 0;  ///< kDayResolved, kDayClosed, or kDayOpen and the UTC day of its deadline
  auto operator<=>(DayKey const&) const = default;  // NOLINT(modernize-use-nullptr): the zero is the compiler's own
};

struct DayCount {
  std::int64_t n = 0, beyond = 0;
  std::array<std::int64_t, kDayMinutes.size()> count{}, sum{};

  void add(DayCount const& other, std::int64_t sign);
  bool operator==(DayCount const&) const = default;
};

/// Which tickets are counted, and by what days.
struct DaysKept {
  std::int64_t up_to = 0;              ///< tickets up to this place
  std::optional<base::TimeZone> zone;  ///< nullopt: whoever wrote last did not know the zone, so they are not counted
  std::string name;                    ///< of the zone
};

/// What a transaction changes in the counts.
class DayChanges {
 public:
  explicit DayChanges(DaysKept kept);
  /// Of the ticket at that place; null: there was, or is, none.
  void change(Connection& db, std::int64_t place, std::vector<base::Value> const* before,
              std::vector<base::Value> const* after);
  /// Counts all tickets up to that one.
  void count_up_to(Connection& db, std::int64_t place);
  void add(Connection& db, DayKey key, DayCount const& count, std::int64_t sign);
  /// Adds what was gathered to the table, and says what is counted now.
  void write(Connection& db);
  /// True at the first question alone.
  bool first_unseen() { return !std::exchange(unseen_, true); }

 private:
  struct Hash {
    std::size_t operator()(DayKey const& key) const;
  };
  void write_counts(Connection& db);

  DaysKept kept_;
  std::optional<LocalDays> days_;
  std::int64_t before_;     ///< `up_to` as it is stored
  bool caught_up_ = false;  ///< no ticket of this transaction is left out
  std::unordered_map<DayKey, DayCount, Hash> changes_;
  bool unseen_ = false;
};

/// `RecordTable::follows` of tickets.
void follow_ticket_days(WriteTx& tx, std::vector<base::Value> const* before, std::vector<base::Value> const* after);

/// Says that derived columns of tickets changed without an event; copies beside the store go by that
/// (`unseen_changes`).
void note_unseen_change(WriteTx& tx);
/// How often that happened; empty: never.
std::string unseen_changes(Connection& db);

DaysKept days_kept(Connection& db);
/// Counts by the days of that zone from now on.
void set_report_zone(WriteTx& tx, std::string const& name);

/// Counts all tickets anew, by the days of the zone that is stored.
void rebuild_ticket_days(WriteTx& tx);
/// Holds the counts against the tickets; one line for each that is wrong.
void check_ticket_days(Connection& db, std::function<void(std::string const& problem)> const& report);
/// The steps of the schema that bring the table, and what it holds.
std::size_t add_ticket_days(WriteTx& tx, std::span<MigrationStep const> rest, base::TimePoint now);

/// The counts of those days, in the order of their keys.
void walk_ticket_days(Connection& db, std::optional<std::int64_t> first, std::optional<std::int64_t> last,
                      std::function<void(DayKey const& key, DayCount const& count)> const& visit);
/// The counts of whole months: keys have the first day of theirs, and one state for all open tickets.
void walk_ticket_months(Connection& db, std::optional<std::chrono::year_month> first,
                        std::optional<std::chrono::year_month> last,
                        std::function<void(DayKey const& key, DayCount const& count)> const& visit);
/// Open tickets up to a place that were created in a time, and are late since some moment of another.
struct LateTicket {
  std::int64_t late_at = 0;
  std::string category, priority;
};
void walk_late_tickets(Connection& db, std::int64_t up_to, base::TimePoint since, base::TimePoint until,
                       base::TimePoint late_since, base::TimePoint late_until,
                       std::function<void(LateTicket const&)> const& visit);
/// When the newest ticket was created; nullopt: there is none.
std::optional<base::TimePoint> last_created(Connection& db);

}  // namespace umsops::store
