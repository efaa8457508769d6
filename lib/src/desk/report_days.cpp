// SPDX-License-Identifier: Apache-2.0
#include "desk/report_days.hpp"

#include <algorithm>
#include <set>

#include "desk/report_rows.hpp"
#include "report/counted.hpp"
#include "store/report_walk.hpp"
#include "store/ticket_days.hpp"

namespace umsops::desk {
namespace {

using base::TimePoint;

TimePoint at(std::int64_t milliseconds) { return TimePoint(base::Milliseconds(milliseconds)); }

/// The whole days of a period, and what of it lies before and behind them.
struct Days {
  std::optional<std::int64_t> first, last;  ///< none: without end
  std::vector<std::pair<TimePoint, TimePoint>> edges;
  bool any = true;
};

Days days_of(store::LocalDays& days, report::Context const& period, TimePoint newest) {
  Days found;
  auto const day = [&](TimePoint time) { return days.of(time.time_since_epoch().count()); };
  auto since = period.since;
  if (since) {
    found.first = day(*since);
    if (days.begin(*found.first) != *since) ++*found.first;
  }
  // Nothing was created behind the period: then its last day is whole as well.
  auto const until = period.until && *period.until <= newest ? period.until : std::nullopt;
  if (until) found.last = day(*until) - 1;
  found.any = !found.first || !found.last || *found.first <= *found.last;
  if (!found.any) {
    found.edges.emplace_back(*since, *until);
    return found;
  }
  if (since && days.begin(*found.first) != *since) found.edges.emplace_back(*since, days.begin(*found.first));
  if (until && days.begin(*found.last + 1) != *until) found.edges.emplace_back(days.begin(*found.last + 1), *until);
  return found;
}

using Month = std::chrono::year_month;
constexpr std::chrono::months kMonth{1};

std::int64_t first_day(Month month) { return std::chrono::sys_days(month / 1).time_since_epoch().count(); }

/// The first and the last month that lie in the period as a whole; none: without end.
std::pair<std::optional<Month>, std::optional<Month>> months_of(Days const& period) {
  auto const month = [](std::int64_t day) {
    std::chrono::year_month_day const date{std::chrono::sys_days(std::chrono::days(day))};
    return date.year() / date.month();
  };
  std::pair<std::optional<Month>, std::optional<Month>> months;
  if (period.first) months.first = month(*period.first - 1) + kMonth;
  if (period.last) months.second = month(*period.last + 1) - kMonth;
  return months;
}

/// From the counts of whole days, or months.
class Reader {
 public:
  Reader(store::Connection& db, store::LocalDays& days, std::int64_t up_to, report::Aggregator& into,
         report::Asked asked)
      : db_(db), days_(days), up_to_(up_to), asked_(asked), rows_(into, asked), now_(into.plan().context.now) {
    auto const milliseconds = now_.time_since_epoch().count();
    today_ = milliseconds / store::kDayLength - (milliseconds % store::kDayLength < 0 ? 1 : 0);
  }

  void read(Days const& period, bool by_months) {
    auto const visit = [&](store::DayKey const& key, store::DayCount const& count) { add(key, count); };
    auto const [first, last] = months_of(period);
    if (by_months && (!first || !last || *first <= *last)) {
      if (first) store::walk_ticket_days(db_, period.first, first_day(*first) - 1, visit);
      store::walk_ticket_months(db_, first, last, visit);
      if (last) store::walk_ticket_days(db_, first_day(*last + kMonth), period.last, visit);
    } else {
      store::walk_ticket_days(db_, period.first, period.last, visit);
    }
    if (asked_.late) tell_today_apart();
    rows_.flush();
  }

 private:
  void add(store::DayKey const& key, store::DayCount const& count) {
    if (key.day != day_) {
      day_ = key.day;
      begin_ = days_.begin(key.day);
    }
    report::CountedRow row{begin_,  key.category, key.priority, "OPEN",   now_,
                           count.n, count.beyond, count.count,  count.sum};
    if (key.state == store::kDayResolved) row.status = "RESOLVED";
    if (key.state == store::kDayClosed) row.status = "CLOSED";
    if (key.state >= store::kDayOpen) {
      auto const late = key.state - store::kDayOpen;
      // Of those that are late in the course of today it is not known yet.
      if (late != today_) row.late_at = at(late * store::kDayLength);
      if (late == today_ && at(today_ * store::kDayLength) < now_) unsure_.insert(key.day);
    }
    rows_.add(row);
  }

  /// Those that were late before now move to the late ones of their kind.
  void tell_today_apart() {
    for (auto const day : unsure_) {
      auto const begin = days_.begin(day);
      store::walk_late_tickets(db_, up_to_, begin, days_.begin(day + 1), at(today_ * store::kDayLength), now_,
                               [&](store::LateTicket const& ticket) {
                                 report::CountedRow row{begin, ticket.category, ticket.priority, "OPEN", now_, -1};
                                 rows_.add(row);
                                 row.n = 1;
                                 row.late_at = at(ticket.late_at);
                                 rows_.add(row);
                               });
    }
  }

  store::Connection& db_;
  store::LocalDays& days_;
  std::int64_t up_to_;
  report::Asked asked_;
  report::CountedRows rows_;
  TimePoint now_;
  std::int64_t today_ = 0;        ///< in UTC, as deadlines are counted
  std::int64_t day_ = INT64_MIN;  ///< whose begin is known
  TimePoint begin_{};
  std::set<std::int64_t> unsure_;
};

void read_edge(store::Connection& db, std::int64_t up_to, report::Aggregator& into,
               std::pair<TimePoint, TimePoint> const& edge) {
  auto const& plan = into.plan();
  auto const created = plan.type().require("created_at");
  auto const filter = query::all_of({plan.where, query::condition_on(created, query::Op::ge, {edge.first}),
                                     query::condition_on(created, query::Op::lt, {edge.second})});
  BatchBuilder batch(into);
  store::walk_values(
      db, plan.type(), wanted_of(plan), filter, plan.context.now,
      [&](store::Statement const& row) { batch.put_row(row, 0); }, up_to);
  batch.flush();
}

/// Those that are not counted yet.
void read_newest(store::Connection& db, std::int64_t behind, report::Aggregator& into) {
  auto const& plan = into.plan();
  BatchBuilder batch(into);
  store::walk_numbered(db, plan.type(), wanted_of(plan), behind,
                       [&](std::int64_t, store::Statement const& row) { batch.put_row(row, 1); });
  batch.flush();
}

}  // namespace

bool read_days(OpenDesk& desk, report::Aggregator& into) {
  auto* const store = desk.reading();
  auto const& plan = into.plan();
  auto const asked = store ? report::asked_of_counts(plan) : std::nullopt;
  if (!asked) return false;
  store::ReadTx const snapshot(*store);
  auto& db = store->connection();
  auto const [up_to, zone, name] = store::days_kept(db);
  bool const same =
      zone && (zone->name() == plan.context.zone.name() || (zone->is_utc() && plan.context.zone.is_utc()));
  if (!zone || (!same && report::asks_for_days(plan))) return false;
  auto const newest = store::last_created(db);
  if (!newest) return true;
  store::LocalDays days(*zone);
  auto const period = plan.views[0].time ? days_of(days, plan.context, *newest) : Days();
  if (period.any) Reader(db, days, up_to, into, *asked).read(period, report::fits_months(plan, *asked));
  for (auto const& edge : period.edges) read_edge(db, up_to, into, edge);
  read_newest(db, up_to, into);
  return true;
}

}  // namespace umsops::desk
