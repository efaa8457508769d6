// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "desk/batch.hpp"
#include "desk/incident_steps.hpp"

namespace umsops::desk {

/// Runs `edit` on each of the incidents that the ids name, as `run_batch` does. Throws `incident.not_found`, and
/// `incident.stale` where one is not at the revision of the options.
template <class Done, class Edit>
std::vector<Outcome<Done>> edit_each_incident(OpenDesk& desk, std::vector<std::string> const& ids,
                                              ChangeOptions const& options, Batch how, Edit&& edit) {
  // A desk that does not exist yet has no incident to change.
  if (!ids.empty() && desk.absent_default()) refuse_absent(incidents(), ids.front());
  return run_batch<Done>(desk, ids, options, how, [&](store::WriteTx& tx, std::string const& id) {
    model::Incident const incident = find_incident(desk, tx.connection(), id);
    refuse_stale(incidents(), incident.incident_number, incident.rev, options);
    return edit(tx, incident);
  });
}

inline IncidentResult result_of(IncidentStep step) {
  IncidentResult result;
  result.incident = std::move(step.incident);
  result.result = step.changed ? Result::updated : Result::unchanged;
  return result;
}

/// The same for one step on each.
template <class Step>
std::vector<IncidentOutcome> change_each(OpenDesk& desk, std::vector<std::string> const& ids,
                                         ChangeOptions const& options, Batch how, Step&& step) {
  return edit_each_incident<IncidentResult>(
      desk, ids, options, how,
      [&](store::WriteTx& tx, model::Incident const& incident) { return result_of(step(tx, incident)); });
}

}  // namespace umsops::desk
