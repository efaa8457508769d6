// SPDX-License-Identifier: Apache-2.0
#include "umsops/model/ticket.hpp"

namespace umsops::model {

bool is_derived(base::Field const& field, Ticket const& ticket) {
  if ((field.traits & base::kDerived) == 0) return false;
  return (field.traits & base::kImport) == 0 || !ticket.sla_policy.empty();
}

std::optional<SlaStatus> sla_status_at(Ticket const& ticket, TimePoint now) {
  using S = TicketStatus;
  if (ticket.sla_policy.empty()) return std::nullopt;
  S const status = ticket.status;
  bool const paused = status == S::pending;
  bool const resolving = is_open(status) && !paused;
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
