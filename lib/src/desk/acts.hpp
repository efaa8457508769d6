// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "desk/session.hpp"
#include "store/ticket_table.hpp"
#include "umsops/desk/ticket_desk.hpp"

/// The acts of a ticket's life inside a transaction, for every use case that needs one: verbs, intake, tick. Each
/// stores what it changes with its event, and gives the ticket as stored.
namespace umsops::desk {

struct Acted {
  model::Ticket ticket;
  bool changed = false;
  std::vector<std::string> warnings;
  std::vector<people::Candidate> candidates = {};  ///< of whom the new assignee was picked
};

/// What became of it, for whoever asked.
TicketResult result_of(Acted acted);

/// Stores the act's outcome, when there is one.
Acted store_act(Session& session, store::WriteTx& tx, model::Ticket const& before, model::Ticket after,
                char const* kind, std::string const& reason, std::vector<model::Change> further = {});

Acted reply_to(Session& session, store::WriteTx& tx, model::Ticket const& ticket, Reply const& reply,
               std::string const& reason);
Acted hand_over(Session& session, store::WriteTx& tx, model::Ticket const& ticket, Hand hand, Receiver const& to,
                std::string const& reason);
Acted pend(Session& session, store::WriteTx& tx, model::Ticket const& ticket, Pend const& pend,
           std::string const& reason);
/// Ends the waiting of a PENDING ticket.
Acted wake(Session& session, store::WriteTx& tx, model::Ticket const& ticket, std::string const& reason);
/// Keeps the record of an escalation. What it gives goes into the event of the change, which so vouches for the record.
model::Change record_escalation(Session& session, store::WriteTx& tx, model::Ticket const& before,
                                model::Ticket const& after, std::string const& reason);
Acted escalate(Session& session, store::WriteTx& tx, model::Ticket const& ticket, Escalate const& escalation,
               std::string const& reason);
Acted resolve(Session& session, store::WriteTx& tx, model::Ticket const& ticket, Resolve const& resolution,
              std::string const& reason);
Acted close(Session& session, store::WriteTx& tx, model::Ticket const& ticket, Close const& closing,
            std::string const& reason);
Acted reopen(Session& session, store::WriteTx& tx, model::Ticket const& ticket, std::string const& reason);

}  // namespace umsops::desk
