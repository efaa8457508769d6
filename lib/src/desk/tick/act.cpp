// SPDX-License-Identifier: Apache-2.0
// Walks the tickets whose time has come, in the order of time.
#include <algorithm>
#include <set>

#include "desk/tick/job.hpp"
#include "desk/ticket_store_desk.hpp"
#include "store/due_tickets.hpp"
#include "umsops/base/error.hpp"

namespace umsops::desk::tick {
namespace {

using base::TimePoint;

/// In the order in which they are asked; of equal times the first one goes first.
constexpr Act const* kActs[] = {&kWake, &kLadder, &kClose};
constexpr std::int64_t kPortion = 100;     ///< tickets a transaction
constexpr std::size_t kMostActs = 10'000;  ///< of one ticket, or of a dry run: a stop for what would never end
constexpr std::chrono::minutes kLate{2};   ///< tick runs every minute

struct Next {
  Act const* act = nullptr;
  Due due;
};

std::optional<Next> next_of(Session& session, store::Connection& db, model::Ticket const& ticket) {
  auto const standing = standing_of(session, db, ticket, store::moves_of(db, ticket.id), session.now());
  std::optional<Next> next;
  for (Act const* act : kActs) {
    auto due = act->due(session, ticket, standing);
    if (due && (!next || due->at < next->due.at)) next = Next{act, std::move(*due)};
  }
  return next;
}

std::string reason_for(Next const& next, TimePoint now) {
  std::string reason = std::string(next.act->job) + " " + next.due.what + ", due " + base::format_rfc3339(next.due.at);
  return now - next.due.at > kLate ? reason + ", late" : reason;
}

/// Does all that is due to one ticket, in order. Gives what it did.
std::vector<TickItem> act_on(Session& session, store::WriteTx& tx, std::string const& id) {
  std::vector<TickItem> items;
  while (items.size() < kMostActs) {
    auto const ticket = store::find_ticket_by_id(tx.connection(), id);
    if (!ticket) break;
    auto const now = session.now();
    auto const next = next_of(session, tx.connection(), *ticket);
    if (!next || next->due.at > now) {
      store::set_next_action(tx, *ticket, next ? std::optional(next->due.at) : std::nullopt);
      break;
    }
    TickItem item{std::string(next->act->job),
                  ticket->ticket_number,
                  next->due.what,
                  next->due.at,
                  now,
                  now - next->due.at > kLate,
                  {},
                  {}};
    item.outcome = next->act->perform(session, tx, *ticket, next->due, reason_for(*next, now));
    auto const after = store::find_ticket_by_id(tx.connection(), id);
    if (!after || after->rev == ticket->rev) break;  // it could not be done now
    items.push_back(std::move(item));
  }
  return items;
}

bool of_the_ticket(base::Error const& error) {
  using Kind = base::ErrorKind;
  return error.kind() == Kind::conflict || error.kind() == Kind::invalid_input || error.kind() == Kind::usage;
}

/// The work of one run over due tickets.
class Walk {
 public:
  explicit Walk(Run& run) : run_(run), session_(run.session) {}

  void really() {
    for (;;) {
      session_.check_interrupted();
      auto const ids = due_now();
      if (ids.empty()) return;
      seen_.insert(ids.begin(), ids.end());
      try {
        together(ids);
      } catch (base::Error const& error) {
        if (!of_the_ticket(error)) throw;
        for (auto const& id : ids) alone(id);
      }
    }
  }

  /// Everything until then, each at its time, in a transaction that nothing is left of.
  void in_thought(TimePoint until) {
    std::vector<TickItem> items;
    TimePoint const start = session_.now();
    session_.write([&](store::WriteTx& tx) {
      items.clear();
      if (due_times_are_old(session_, run_.options.rebuild)) {
        std::int64_t after = 0;
        while ((after = renew_portion(session_, tx, after, false, items)) != 0) {
        }
      }
      std::set<std::string> stuck;
      while (items.size() < kMostActs) {
        session_.check_interrupted();
        auto const due = store::due_tickets(tx.connection(), until, static_cast<std::int64_t>(stuck.size()) + 1);
        auto const next = std::find_if(due.begin(), due.end(), [&](auto const& d) { return !stuck.contains(d.id); });
        if (next == due.end()) break;
        session_.pretend(std::max(start, next->at));
        auto done = act_on(session_, tx, next->id);
        if (done.empty()) stuck.insert(next->id);
        items.insert(items.end(), std::make_move_iterator(done.begin()), std::make_move_iterator(done.end()));
      }
      session_.pretend(std::nullopt);
      tx.discard();
      return 0;
    });
    for (auto& item : items) run_.report(std::move(item));
  }

 private:
  std::vector<std::string> due_now() {
    auto& store = session_.writing();
    std::vector<std::string> ids;
    for (auto& due :
         store::due_tickets(store.connection(), session_.now(), kPortion + static_cast<std::int64_t>(seen_.size()))) {
      if (!seen_.contains(due.id) && ids.size() < static_cast<std::size_t>(kPortion)) ids.push_back(std::move(due.id));
    }
    return ids;
  }

  void together(std::vector<std::string> const& ids) {
    auto items = session_.write([&](store::WriteTx& tx) {
      tx.take_turn();  // whoever runs at the same time finds it done
      std::vector<TickItem> done;
      for (auto const& id : ids) {
        auto some = act_on(session_, tx, id);
        done.insert(done.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
      }
      return done;
    });
    for (auto& item : items) run_.report(std::move(item));
  }

  /// One that cannot be done does not hold up the others.
  void alone(std::string const& id) {
    try {
      together({id});
    } catch (base::Error const& error) {
      if (!of_the_ticket(error)) throw;
      auto const ticket = store::find_ticket_by_id(session_.writing().connection(), id);
      TickItem item{"act", ticket ? ticket->ticket_number : id, {}, {}, session_.now(), false, {}, error};
      if (ticket && ticket->next_action_at) item.due_at = *ticket->next_action_at;
      run_.report(std::move(item));
    }
  }

  Run& run_;
  Session& session_;
  std::set<std::string> seen_;
};

}  // namespace

void act(Run& run) {
  Walk walk(run);
  run.options.dry_run ? walk.in_thought(run.options.until.value_or(run.session.now())) : walk.really();
}

}  // namespace umsops::desk::tick
