// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "umsops/base/field.hpp"
#include "umsops/model/ref.hpp"
#include "umsops/model/ticket.hpp"

namespace umsops::model {

/// One escalation of a record. Append-only; a ticket itself shows the latest level.
struct Escalation {
  std::string id;
  Ref record;
  std::string escalated_by;
  Level escalation_level = Level::level_1;
  std::string reason;
  std::string previous_assignee, new_assignee;
  TimePoint escalated_at{};
};
/// Its fields as those of a ticket have them; of another record's the first but one means that record.
base::RecordType const& escalation_type();
base::Row to_row(Escalation const& escalation);

}  // namespace umsops::model
