// SPDX-License-Identifier: Apache-2.0
// Walks the open incidents. All of them: what mutes one may have come or gone without any change of its own, and open
// ones are few.
#include <algorithm>
#include <map>
#include <queue>
#include <set>
#include <span>

#include "desk/batch.hpp"
#include "desk/tick/held_tickets.hpp"
#include "desk/tick/incident_acts.hpp"
#include "desk/tick/job.hpp"
#include "store/incidents.hpp"

namespace umsops::desk::tick {
namespace {

using base::TimePoint;
using model::Incident;

/// Incidents a transaction: see the walk over tickets.
constexpr std::size_t kPortion = 100;
constexpr std::size_t kMostActs = 10'000;           // of a dry run
constexpr std::chrono::hours kRecurringAhead{168};  // how far a look ahead follows recurring silences

/// The times up to `until` at which silences begin or end to mute.
std::set<TimePoint> changes_of(std::vector<mute::Silence> const& silences, TimePoint from, TimePoint until) {
  std::set<TimePoint> times;
  auto const add = [&](TimePoint at) {
    if (at > from && at <= until) times.insert(at);
  };
  for (auto const& silence : silences) {
    add(silence.starts_at);
    if (silence.ends_at) add(*silence.ends_at);
    if (silence.intervals.empty()) continue;
    // Their times are whole minutes.
    auto const end = std::min(until, from + kRecurringAhead);
    bool mutes = silence.mutes_at(from);
    for (auto at = std::chrono::ceil<std::chrono::minutes>(from); at <= end; at += std::chrono::minutes(1)) {
      if (silence.mutes_at(at) == mutes) continue;
      mutes = !mutes;
      add(at);
    }
  }
  return times;
}

/// What would happen until a time, in a transaction that is rolled back.
class Ahead {
 public:
  Ahead(OpenDesk& desk, store::WriteTx& tx) : desk_(desk), tx_(tx), mutings_(desk, tx.connection()) {}

  std::vector<TickItem> until(TimePoint until) {
    OpenDesk::PretendedTime time(desk_);
    TimePoint const start = desk_.now();
    store::list_incidents(tx_.connection(), open_incidents(), [&](Incident& incident) {
      open_.push_back(std::move(incident));
      return true;
    });
    auto changes = changes_of(mutings_.silences(), start, until);
    time.set(start);
    act_on_all();
    while (items_.size() < kMostActs) {
      desk_.check_interrupted();
      auto const change = changes.empty() ? TimePoint::max() : *changes.begin();
      auto const act = next_.empty() ? TimePoint::max() : next_.top().first;
      if (std::min(change, act) > until || std::min(change, act) == TimePoint::max()) break;
      // Acts read the clock, so they see the time at which they would run.
      time.set(std::max(start, std::min(change, act)));
      if (change <= act) {
        changes.erase(changes.begin());
        act_on_all();
      } else {
        auto const place = next_.top().second;
        next_.pop();
        act_at(place);
      }
    }
    return std::move(items_);
  }

 private:
  void act_on_all() {
    next_ = {};
    for (std::size_t i = 0; i < open_.size(); ++i) act_at(i);
  }

  void act_at(std::size_t place) {
    Incident& incident = open_[place];
    if (is_due(desk_, tx_.connection(), mutings_, incident)) {
      try {
        for (auto& item : act_on(desk_, tx_, mutings_, incident)) items_.push_back(std::move(item));
      } catch (base::Error const& error) {
        if (!is_of_hook(error)) throw;
        return;  // it is told when that happens
      }
      incident = store::find_incident_by_id(tx_.connection(), incident.id).value_or(incident);
    }
    if (auto const at = next_act(desk_, tx_.connection(), incident); at && model::is_open(incident.status))
      next_.emplace(std::max(*at, desk_.now()), place);
  }

  using Next = std::pair<TimePoint, std::size_t>;

  OpenDesk& desk_;
  store::WriteTx& tx_;
  Mutings mutings_;
  std::vector<Incident> open_;
  std::priority_queue<Next, std::vector<Next>, std::greater<>> next_;
  std::vector<TickItem> items_;
};

class Walk {
 public:
  explicit Walk(Run& run) : run_(run), desk_(run.desk) {}

  void act() {
    auto& db = desk_.writing().connection();
    Mutings const mutings(desk_, db);
    std::vector<Incident> maybe;
    store::list_incidents(db, open_incidents(), [&](Incident& incident) {
      if (may_be_due(desk_, mutings, incident)) maybe.push_back(std::move(incident));
      return true;
    });
    std::vector<std::string> due;
    // The oldest first.
    for (auto incident = maybe.rbegin(); incident != maybe.rend(); ++incident) {
      if (is_due(desk_, db, mutings, *incident)) due.push_back(incident->id);
    }
    for (std::size_t i = 0; i < due.size(); i += kPortion) {
      desk_.check_interrupted();
      std::span<std::string const> const some(due.data() + i, std::min(kPortion, due.size() - i));
      try {
        together(mutings, some);
      } catch (base::Error const& error) {
        // The portion was rolled back as a whole. One by one, only the one at fault is left out.
        if (!concerns_one_item(error) && !is_of_hook(error)) throw;
        for (auto const& id : some) alone(mutings, id);
      }
    }
  }

 private:
  void together(Mutings const& mutings, std::span<std::string const> ids) {
    auto items = desk_.write([&](store::WriteTx& tx) {
      tx.take_turn();  // at once: a tick that runs at the same time waits, and then finds it done
      std::vector<TickItem> done;
      for (auto const& id : ids) {
        auto incident = store::find_incident_by_id(tx.connection(), id);
        if (!incident || !is_due(desk_, tx.connection(), mutings, *incident)) continue;
        for (auto& item : act_on(desk_, tx, mutings, *std::move(incident))) done.push_back(std::move(item));
      }
      return done;
    });
    for (auto& item : items) run_.report(std::move(item));
  }

  void alone(Mutings const& mutings, std::string const& id) {
    try {
      together(mutings, {&id, 1});
    } catch (base::Error const& error) {
      bool const by_hook = is_of_hook(error);
      if (!by_hook && !concerns_one_item(error)) throw;
      auto const incident = store::find_incident_by_id(desk_.writing().connection(), id);
      if (!incident) return;
      if (by_hook) {
        store::write(desk_.writing(), [&](store::WriteTx& tx) {
          tx.take_turn();
          if (auto const now = store::find_incident_by_id(tx.connection(), id)) put_off(desk_, tx, *now, error);
          return 0;
        });
      }
      TickItem item{"act", {}, {}, desk_.now(), desk_.now(), false, {}, error};
      item.incident_number = incident->incident_number;
      item.held = &error.code() == &base::errors::hook_refused;
      run_.report(std::move(item));
    }
  }

  Run& run_;
  OpenDesk& desk_;
};

}  // namespace

void act_on_incidents(Run& run) {
  if (!run.options.dry_run) return Walk(run).act();
  std::vector<TickItem> items;
  run.desk.write([&](store::WriteTx& tx) {
    tx.discard();
    tx.take_turn();
    items = Ahead(run.desk, tx).until(run.options.until.value_or(run.desk.now()));
    return 0;
  });
  for (auto& item : items) run.report(std::move(item));
}

}  // namespace umsops::desk::tick
