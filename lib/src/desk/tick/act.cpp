// SPDX-License-Identifier: Apache-2.0
// Walks the tickets whose time has come, in the order of time.
#include <algorithm>
#include <span>

#include "desk/assignees.hpp"
#include "desk/batch.hpp"
#include "desk/tick/held_tickets.hpp"
#include "desk/tick/job.hpp"
#include "store/due_tickets.hpp"
#include "store/tickets.hpp"
#include "umsops/base/error.hpp"

namespace umsops::desk::tick {
namespace {

using base::TimePoint;

/// In the order in which they are asked; of equal times the first one goes first.
constexpr Act const* kActs[] = {&kWake, &kApproval, &kLadder, &kClose};
/// Tickets a transaction. One commit for many costs little more than for one; a whole backlog in one transaction would
/// keep all other writers waiting, and an interruption would lose all of it.
constexpr std::int64_t kPortion = 100;
constexpr std::size_t kMostActs = 10'000;  ///< of one ticket, or of a dry run: acts could cause each other endlessly
constexpr std::chrono::minutes kLate{2};   ///< tick runs every minute

struct Next {
  Act const* act = nullptr;
  Due due;
};

std::optional<Next> next_of(OpenDesk& desk, store::Connection& db, model::Ticket const& ticket) {
  auto const state = sla_state_of(desk, db, ticket, store::moves_of(db, ticket.id), desk.now());
  std::optional<Next> next;
  for (Act const* act : kActs) {
    auto due = act->due(desk, ticket, state);
    if (due && (!next || due->at < next->due.at)) next = Next{act, std::move(*due)};
  }
  return next;
}

std::string reason_for(Next const& next, TimePoint now) {
  std::string reason = std::string(next.act->job) + " " + next.due.what + ", due " + base::format_rfc3339(next.due.at);
  return now - next.due.at > kLate ? reason + ", late" : reason;
}

/// Does all that is due to one ticket, in order. Gives what it did.
std::vector<TickItem> act_on(OpenDesk& desk, store::WriteTx& tx, std::string const& id) {
  std::vector<TickItem> items;
  while (items.size() < kMostActs) {
    // Read anew each time: an act changes what is due next, and hooks may change the ticket further.
    auto const ticket = store::find_ticket_by_id(tx.connection(), id);
    if (!ticket) break;
    auto const now = desk.now();
    auto const next = next_of(desk, tx.connection(), *ticket);
    if (!next || next->due.at > now) {
      // `next_action_at` may be earlier than the clocks say now. Put right, or every tick would look at this ticket.
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
    item.outcome = next->act->perform(desk, tx, *ticket, next->due, reason_for(*next, now));
    if (auto const* const step = next->due.rung.step) item.unreached = unknown_target(desk, step->notify);
    auto const after = store::find_ticket_by_id(tx.connection(), id);
    // It could not be done now. It stays due, and the next tick tries again; this walk is past it.
    if (!after || after->rev == ticket->rev) break;
    items.push_back(std::move(item));
  }
  return items;
}

/// The work of one run over due tickets.
class Walk {
 public:
  explicit Walk(Run& run) : run_(run), desk_(run.desk) {}

  void act() {
    forget_held(desk_);
    store::DueWalk due(desk_.now());
    for (;;) {
      desk_.check_interrupted();
      auto const tickets = due.next(desk_.writing().connection(), kPortion);
      if (tickets.empty()) return;
      try {
        together(tickets);
      } catch (base::Error const& error) {
        // The portion was rolled back as a whole. Ticket by ticket, only the one at fault is left out.
        if (!concerns_one_item(error) && !is_of_hook(error)) throw;
        for (auto const& ticket : tickets) alone(ticket);
      }
    }
  }

  /// Everything until then, each at its time, in a transaction that is rolled back.
  void preview(TimePoint until) {
    std::vector<TickItem> items;
    desk_.write([&](store::WriteTx& tx) {
      tx.discard();
      items = preview_in(tx, until);
      return 0;
    });
    for (auto& item : items) run_.report(std::move(item));
  }

 private:
  std::vector<TickItem> preview_in(store::WriteTx& tx, TimePoint until) {
    std::vector<TickItem> items;
    // A dry run changes nothing, so the look ahead starts from due times made here and rolled back with the rest.
    if (due_times_are_old(desk_, run_.options.rebuild)) {
      std::int64_t after = 0;
      while ((after = renew_portion(desk_, tx, after, false, items)) != 0) {
      }
    }
    OpenDesk::PretendedTime time(desk_);
    TimePoint const start = desk_.now();
    store::DueWalk due(until);
    while (items.size() < kMostActs) {
      desk_.check_interrupted();
      // One at a time: what happens to a ticket may give it a time that comes before those of others.
      auto const next = due.next(tx.connection(), 1);
      if (next.empty()) break;
      // Acts read the clock, so they see the time at which they would run. What is overdue would run now.
      time.set(std::max(start, next.front().at));
      auto done = seen_on(tx, next.front());
      items.insert(items.end(), std::make_move_iterator(done.begin()), std::make_move_iterator(done.end()));
    }
    return items;
  }

  std::vector<TickItem> seen_on(store::WriteTx& tx, store::DueTicket const& due) {
    try {
      return act_on(desk_, tx, due.id);
    } catch (base::Error const& error) {
      if (!is_of_hook(error)) throw;
      TickItem item = failed(due, error);
      item.held = true;
      return {std::move(item)};
    }
  }

  /// What is told of a ticket that could not be acted on.
  TickItem failed(store::DueTicket const& due, base::Error const& error) {
    auto const ticket = store::find_ticket_by_id(desk_.writing().connection(), due.id);
    return {"act", ticket ? ticket->ticket_number : due.id, {}, due.at, desk_.now(), false, {}, error};
  }

  void together(std::span<store::DueTicket const> tickets) {
    auto items = desk_.write([&](store::WriteTx& tx) {
      tx.take_turn();  // at once: a tick that runs at the same time waits, and then finds it done
      std::vector<TickItem> done;
      for (auto const& ticket : tickets) {
        auto some = act_on(desk_, tx, ticket.id);
        done.insert(done.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
      }
      return done;
    });
    for (auto& item : items) run_.report(std::move(item));
  }

  /// One that cannot be done does not hold up the others.
  void alone(store::DueTicket const& due) {
    try {
      together({&due, 1});
      broken_ = 0;
    } catch (base::Error const& error) {
      if (is_of_hook(error)) return keep_back(due, error);
      if (!concerns_one_item(error)) throw;
      run_.report(failed(due, error));
    }
  }

  /// A refusal is the hook's judgement of one ticket. One that does not answer, or not as agreed, may do so for all:
  /// after a few of them in a row the run ends with that.
  void keep_back(store::DueTicket const& due, base::Error const& error) {
    bool const refusal = &error.code() == &base::errors::hook_refused;
    broken_ = refusal ? 0 : broken_ + 1;
    if (broken_ == kMostBroken) throw error;
    TickItem item = failed(due, error);
    store::write(desk_.writing(), [&](store::WriteTx& tx) {
      tx.take_turn();
      auto const ticket = store::find_ticket_by_id(tx.connection(), due.id);
      if (ticket) item.known = !hold(desk_, tx, *ticket, error);
      return 0;
    });
    // Of a broken hook the first is told as a failure: somebody has to mend it.
    item.held = refusal || item.known;
    run_.report(std::move(item));
  }

  static constexpr int kMostBroken = 3;

  Run& run_;
  OpenDesk& desk_;
  int broken_ = 0;  ///< tickets in a row at which hooks failed
};

}  // namespace

void act(Run& run) {
  Walk walk(run);
  run.options.dry_run ? walk.preview(run.options.until.value_or(run.desk.now())) : walk.act();
}

}  // namespace umsops::desk::tick
