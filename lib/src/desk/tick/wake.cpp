// SPDX-License-Identifier: Apache-2.0
// A PENDING ticket whose time has come.
#include "desk/tick/job.hpp"
#include "desk/ticket_steps.hpp"
#include "store/links.hpp"

namespace umsops::desk::tick {
namespace {

std::optional<Due> due(OpenDesk&, model::Ticket const& ticket, SlaState const&) {
  if (ticket.status != model::TicketStatus::pending || !ticket.pending_until) return std::nullopt;
  if (ticket.approval == model::Approval::waiting) return std::nullopt;  // that has an act of its own
  return Due{
      *ticket.pending_until, std::string(model::to_string(ticket.pending_then.value_or(model::WakeUp::open))), {}};
}

std::string perform(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, Due const& due,
                    std::string const& reason) {
  bool const to_close = ticket.pending_then == model::WakeUp::close;
  // What has unfinished children or waits for another ticket cannot be finished by time alone.
  bool const held = to_close && (!store::open_children(tx.connection(), ticket.id).empty() ||
                                 !store::open_blockers(tx.connection(), ticket.id).empty());
  if (!to_close || held) return std::string(model::to_string(wake(desk, tx, ticket, reason).ticket.status));
  Close closing;
  // A finished ticket says how it ended; nobody else is here to say it.
  closing.resolution = "no answer until " + base::format_rfc3339(due.at);
  return std::string(model::to_string(close(desk, tx, ticket, closing, reason).ticket.status));
}

}  // namespace

Act const kWake{"wake", due, perform};

}  // namespace umsops::desk::tick
