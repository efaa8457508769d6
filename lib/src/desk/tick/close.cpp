// SPDX-License-Identifier: Apache-2.0
// A RESOLVED ticket to which nobody has replied for the agreed time: it is closed, so that its clocks and lists end.
#include "desk/tick/job.hpp"
#include "desk/ticket_steps.hpp"
#include "store/links.hpp"

namespace umsops::desk::tick {
namespace {

std::optional<Due> due(OpenDesk& desk, model::Ticket const& ticket, SlaState const&) {
  auto const rest = desk.options().auto_close;
  if (ticket.status != model::TicketStatus::resolved || !ticket.resolved_at || rest.count() <= 0) return std::nullopt;
  return Due{*ticket.resolved_at + rest, "CLOSED", {}};
}

std::string perform(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, Due const&,
                    std::string const& reason) {
  if (!store::open_children(tx.connection(), ticket.id).empty())
    return "";  // a later tick tries again; closing it now would orphan them
  return std::string(model::to_string(close(desk, tx, ticket, {}, reason).ticket.status));
}

}  // namespace

Act const kClose{"close", due, perform};

}  // namespace umsops::desk::tick
