// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "umsops/desk/incident_desk.hpp"
#include "umsops/desk/ticket_desk.hpp"

namespace umsops::desk {

/// An incident with all that belongs to it, so that an import makes the same incident of it.
struct ExportedIncident {
  model::Incident incident;
  std::vector<model::TimelineEntry> timeline;  ///< in the order in which it was written down
  std::vector<model::Event> history;
  std::vector<model::Escalation> escalations;
  std::vector<RecordLink> links;  ///< that begin at it
  std::vector<StoredAttachment> attachments;
  std::vector<LadderStep> ladder_steps;
  std::vector<ChangeKey> keys;
};

/// Its members by name, as an import takes them: the fields, `timeline` and `history`, then what it has of the others.
base::Value to_record(ExportedIncident const& incident);

}  // namespace umsops::desk
