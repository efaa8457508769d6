// SPDX-License-Identifier: Apache-2.0
// A question for approval that nobody answered in time.
#include "desk/tick/job.hpp"
#include "desk/ticket_approvals.hpp"

namespace umsops::desk::tick {
namespace {

std::optional<Due> due(OpenDesk&, model::Ticket const& ticket, SlaState const&) {
  bool const waits = ticket.approval == model::Approval::waiting && ticket.approval_due_at &&
                     ticket.status == model::TicketStatus::pending;
  if (!waits) return std::nullopt;
  return Due{*ticket.approval_due_at, ticket.approver, {}};
}

std::string perform(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket, Due const&,
                    std::string const& reason) {
  auto const after = overdue_approval(desk, tx, ticket, reason).ticket;
  if (after.approval == model::Approval::waiting) return after.approval_deputy;
  return std::string(model::to_string(model::Approval::expired));
}

}  // namespace

Act const kApproval{"approval", due, perform};

}  // namespace umsops::desk::tick
