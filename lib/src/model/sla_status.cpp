// SPDX-License-Identifier: Apache-2.0
#include "umsops/model/ticket.hpp"

namespace umsops::model {

std::optional<SlaStatus> sla_status_at(Ticket const& ticket, TimePoint now) {
  using S = TicketStatus;
  if (ticket.sla_policy.empty()) return std::nullopt;
  S const status = ticket.status;
  bool const counting = ticket.sla_deadline.has_value();  // a policy may count in PENDING and RESOLVED, too
  bool const paused = status == S::pending && !counting;
  bool const resolving = counting || (is_open(status) && !paused);
  bool const responding =
      !ticket.first_response_at && (status == S::open || status == S::assigned || status == S::escalated);
  auto const passed = [&](std::optional<TimePoint> const& due) { return due && *due < now; };
  if (ticket.sla_breach == SlaStatus::resolution_breached || (resolving && passed(ticket.resolution_due_at))) {
    return SlaStatus::resolution_breached;
  }
  if (ticket.sla_breach == SlaStatus::response_breached || (responding && passed(ticket.response_due_at))) {
    return SlaStatus::response_breached;
  }
  if (paused) return SlaStatus::paused;
  if (!resolving) return SlaStatus::met;
  return ticket.sla_risk_at && *ticket.sla_risk_at <= now ? SlaStatus::at_risk : SlaStatus::on_track;
}

}  // namespace umsops::model
