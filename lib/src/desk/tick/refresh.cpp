// SPDX-License-Identifier: Apache-2.0
// Due times follow from the policies of today: when these change, all are made anew.
#include "desk/tick/job.hpp"
#include "desk/ticket_change.hpp"
#include "store/due_tickets.hpp"
#include "store/tickets.hpp"

namespace umsops::desk::tick {
namespace {

constexpr std::string_view kMadeBy = "due_times_of";  ///< in `store_info`: by what the due times were made
constexpr std::int64_t kPortion = 500;  ///< tickets a transaction: others get to write between two portions

/// Closing by itself is no part of a policy, and decides due times as well.
std::string version_of(OpenDesk& desk) {
  return desk.book().version() + " " + std::to_string(desk.options().auto_close.count());
}

/// A ticket whose policy is another one now has that in its history; otherwise nothing happened to it.
bool renew(OpenDesk& desk, store::WriteTx& tx, std::string const& id, bool anyway, TickItem& item) {
  auto const before = store::find_ticket_by_id(tx.connection(), id);
  if (!before) return false;
  model::Ticket after = *before;
  set_due_times(desk, tx.connection(), *before, after);
  if (after.sla_policy == before->sla_policy) {
    store::store_due_times(tx, *before, after, anyway);
    return false;
  }
  item.ticket_number = before->ticket_number;
  item.what = after.sla_policy;
  // No hooks: nobody asked for a change that they could refuse.
  store_unhooked(desk, tx, *before, std::move(after), "policy", "policies changed");
  return true;
}

}  // namespace

bool due_times_are_old(OpenDesk& desk, bool rebuild) {
  auto& store = desk.writing();
  return rebuild || store::stored_info(store.connection(), kMadeBy) != version_of(desk);
}

std::int64_t renew_portion(OpenDesk& desk, store::WriteTx& tx, std::int64_t after, bool anyway,
                           std::vector<TickItem>& renewed) {
  desk.check_interrupted();
  auto const tickets = store::tickets_behind(tx.connection(), after, anyway, kPortion);
  for (auto const& [place, id] : tickets) {
    TickItem item{"sla", {}, {}, desk.now(), desk.now(), false, {}, {}};
    if (renew(desk, tx, id, anyway, item)) renewed.push_back(std::move(item));
  }
  return tickets.empty() ? 0 : tickets.back().first;
}

void refresh(Run& run) {
  OpenDesk& desk = run.desk;
  // A dry run renews them where it looks ahead, in a transaction that is rolled back.
  if (run.options.dry_run || !due_times_are_old(desk, run.options.rebuild)) return;
  auto& store = desk.writing();
  std::int64_t after = 0;
  do {
    std::vector<TickItem> renewed;
    // Each portion is reported after its commit: what is told has happened.
    after = store::write(store, [&](store::WriteTx& tx) {
      tx.take_turn();
      // The body runs again after a conflict, and must not tell its items twice.
      renewed.clear();
      return renew_portion(desk, tx, after, run.options.rebuild, renewed);
    });
    for (auto& item : renewed) run.report(std::move(item));
  } while (after != 0);
  // Noted last: after an interruption the old version still stands here, and the next tick starts over.
  store::write(store, [&](store::WriteTx& tx) {
    store::set_info(tx, kMadeBy, version_of(desk));
    return 0;
  });
}

}  // namespace umsops::desk::tick
