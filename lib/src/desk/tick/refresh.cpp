// SPDX-License-Identifier: Apache-2.0
// Due times go by the policies of today: when these change, all are made anew.
#include "desk/tick/job.hpp"
#include "desk/ticket_store_desk.hpp"
#include "store/due_tickets.hpp"

namespace umsops::desk::tick {
namespace {

constexpr std::string_view kMadeBy = "due_times_of";  ///< in `store_info`: by what the due times were made
constexpr std::int64_t kPortion = 500;                ///< tickets a transaction

std::string version_of(Session& session) {
  return session.book().version() + " " + std::to_string(session.options().auto_close.count());
}

/// A ticket whose policy is another one now has that in its history; otherwise nothing happened to it.
bool renew(Session& session, store::WriteTx& tx, std::string const& id, TickItem& item) {
  auto const before = store::find_ticket_by_id(tx.connection(), id);
  if (!before) return false;
  model::Ticket after = *before;
  set_due_times(session, tx.connection(), *before, after);
  if (after.sla_policy == before->sla_policy) {
    store::store_due_times(tx, *before, after);
    return false;
  }
  item.ticket_number = before->ticket_number;
  item.what = after.sla_policy;
  store_unhooked(session, tx, *before, std::move(after), "policy", "policies changed");
  return true;
}

}  // namespace

void refresh(Run& run) {
  Session& session = run.session;
  auto& store = session.writing();
  std::string const version = version_of(session);
  if (!run.options.rebuild && store::stored_info(store.connection(), kMadeBy) == version) return;
  if (run.options.dry_run) return;  // what would come is told by the due times as they are
  for (std::int64_t after = 0;;) {
    session.check_interrupted();
    auto const tickets = store::unclosed_tickets(store.connection(), after, kPortion);
    if (tickets.empty()) break;
    auto items = store::write(store, [&](store::WriteTx& tx) {
      tx.take_turn();
      std::vector<TickItem> renewed;
      for (auto const& [place, id] : tickets) {
        TickItem item{"sla", {}, {}, session.now(), session.now(), false, {}, {}};
        if (renew(session, tx, id, item)) renewed.push_back(std::move(item));
      }
      return renewed;
    });
    for (auto& item : items) run.report(std::move(item));
    after = tickets.back().first;
  }
  store::write(store, [&](store::WriteTx& tx) {
    store::set_info(tx, kMadeBy, version);
    return 0;
  });
}

}  // namespace umsops::desk::tick
