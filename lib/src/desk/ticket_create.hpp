// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "desk/open_desk.hpp"
#include "umsops/desk/ticket_desk.hpp"

/// A new ticket, for every way on which one comes in: the command line, mail, records, conversations.
namespace umsops::desk {

/// What else is stored in the transaction of a new ticket; each gives the ticket as it then is.
struct Beside {
  using Store = std::function<model::Ticket(store::WriteTx&, model::Ticket)>;
  /// Rows that the first event of a new ticket vouches for.
  std::function<void(store::WriteTx&, model::Ticket const&)> parts = {};
  Store new_ticket = {};     ///< beside a ticket that is new, with events of its own
  Store other_content = {};  ///< on the ticket of a known key whose content is another; without it that is a conflict
};

/// The new ticket as the rules make it, checked; nothing is stored.
model::Ticket drafted(OpenDesk& desk, NewTicket const& wanted);
/// Drafts and files in a transaction of its own.
TicketResult create_ticket(OpenDesk& desk, NewTicket const& wanted, CreateOptions const& options, Beside const& beside);
/// Files the draft within a transaction of `OpenDesk::write`, or finds the ticket of its key.
TicketResult file_ticket(OpenDesk& desk, store::WriteTx& tx, NewTicket const& wanted, CreateOptions const& options,
                         model::Ticket const& draft, Beside const& beside = {});
/// Stores the draft with its event, whatever keys there are.
TicketResult store_new(OpenDesk& desk, store::WriteTx& tx, NewTicket const& wanted, CreateOptions const& options,
                       model::Ticket const& draft, Beside const& beside = {});
/// What `file_ticket` would give where there is no store yet.
TicketResult preview_first(OpenDesk& desk, CreateOptions const& options, model::Ticket const& draft);

}  // namespace umsops::desk
