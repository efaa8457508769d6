// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "umsops/base/field.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::model {

/// One escalation of a ticket: a row of `ticket_escalations`. Append-only; the ticket itself shows the latest level.
struct Escalation {
  std::string id;
  std::string ticket_id;
  std::string escalated_by;
  Level escalation_level = Level::level_1;
  std::string reason;
  std::string previous_assignee, new_assignee;
  TimePoint escalated_at{};
};
base::RecordType const& escalation_type();
base::Row to_row(Escalation const& escalation);

}  // namespace umsops::model
