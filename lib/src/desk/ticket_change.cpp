// SPDX-License-Identifier: Apache-2.0
#include "desk/ticket_change.hpp"

#include <algorithm>

#include "desk/change.hpp"
#include "desk/due_times.hpp"
#include "desk/history.hpp"
#include "desk/record_hooks.hpp"
#include "store/tickets.hpp"

namespace umsops::desk {

model::Ticket store_change(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& before, model::Ticket after,
                           std::string kind, std::string reason, std::vector<model::Change> further) {
  // Hooks see the change before revision and due times are set: what they alter counts for both.
  HookedTicket seen = hooked(desk, &before, std::move(after));
  if (!seen.ran.is_null()) further.push_back(hooks_change(std::move(seen.ran)));
  return store_unhooked(desk, tx, before, std::move(seen.record), std::move(kind), std::move(reason),
                        std::move(further));
}

model::Ticket store_unhooked(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& before, model::Ticket after,
                             std::string kind, std::string reason, std::vector<model::Change> further) {
  after.rev = before.rev + 1;
  // A clock that was set back must not make a ticket older than its creation.
  after.updated_at = std::max(desk.now(), after.created_at);
  refuse_unsound(after);
  // Before the changes are compared: a new policy and working minutes belong to this event.
  set_due_times(desk, tx.connection(), before, after);
  // The record first: its new hash is part of the event.
  store_record(desk, tx, store::ticket_table(), to_row(before), to_row(after),
               {std::move(kind), std::move(reason), std::move(further)});
  return after;
}

}  // namespace umsops::desk
