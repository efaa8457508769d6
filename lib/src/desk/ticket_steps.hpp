// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "desk/open_desk.hpp"
#include "umsops/desk/ticket_desk.hpp"

/// The steps of a ticket's life inside a transaction, for every use case that needs one: verbs, intake, tick. Each
/// stores what it changes with its event, and gives the ticket as stored.
namespace umsops::desk {

struct Acted {
  model::Ticket ticket;
  bool changed = false;
  std::vector<std::string> warnings;
  std::vector<people::Candidate> candidates = {};  ///< of whom the new assignee was picked
};

TicketResult result_of(Acted acted);

/// Runs `edit` on each of the tickets that the ids name, as `run_batch` does. Throws `ticket.not_found`, and
/// `ticket.stale` where a ticket is not at the revision of the options.
using Edit = std::function<TicketResult(store::WriteTx&, model::Ticket const&)>;
std::vector<ItemOutcome> edit_each(OpenDesk& desk, std::vector<std::string> const& ids, ChangeOptions const& options,
                                   Batch how, Edit const& edit);
/// The same for one step on each.
using Step = std::function<Acted(store::WriteTx&, model::Ticket const&)>;
std::vector<ItemOutcome> change_each(OpenDesk& desk, std::vector<std::string> const& ids, ChangeOptions const& options,
                                     Batch how, Step const& step);

/// Stores the act's outcome, when there is one.
Acted store_act(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& before, model::Ticket after, char const* kind,
                std::string const& reason, std::vector<model::Change> further = {});

/// True when this very act was stored under the key before: `content` is the same, and about the same ticket. Throws
/// `ticket.key_content` when the key belongs to another.
bool is_known_act(store::WriteTx& tx, model::Ticket const& ticket, std::string const& key, std::string const& content);
/// From the next event on it is.
void keep_act_key(store::WriteTx& tx, model::Ticket const& ticket, std::string const& key, std::string const& content);

/// Stores what somebody says in the ticket, with its files, and gives the id. The next event vouches for it.
std::string store_response(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, Reply const& reply,
                           std::string const& responder);
/// What else belongs to what somebody says; `response` is its id, empty where there is none.
using Parts = std::function<void(std::string const& response)>;
Acted reply_to(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, Reply const& reply,
               std::string const& reason, Parts const& parts = {});
/// What the requester says of a finished ticket. A comment is stored as their reply, which moves nothing.
Acted rate(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, Rate const& rate, std::string const& reason,
           Parts const& parts = {});
/// The same of words that the other side hears as they are said: nobody is sent a message.
Acted reply_on_the_line(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, Reply const& reply,
                        std::string const& reason);
Acted hand_over(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, Hand hand, Receiver const& to,
                std::string const& reason);
Acted pend(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, Pend const& pend,
           std::string const& reason);
/// Ends the waiting of a PENDING ticket.
Acted wake(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, std::string const& reason);
/// Keeps the record of an escalation. What it gives goes into the event of the change, which so vouches for the record.
model::Change record_escalation(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& before,
                                model::Ticket const& after, std::string const& reason);
Acted escalate(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, Escalate const& escalation,
               std::string const& reason);
Acted resolve(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, Resolve const& resolution,
              std::string const& reason);
Acted close(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, Close const& closing,
            std::string const& reason);
Acted reopen(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, std::string const& reason);

}  // namespace umsops::desk
