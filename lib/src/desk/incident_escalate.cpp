// SPDX-License-Identifier: Apache-2.0
#include "desk/announce.hpp"
#include "desk/assignees.hpp"
#include "desk/escalations.hpp"
#include "desk/incident_batch.hpp"
#include "desk/incident_links.hpp"
#include "store/escalations.hpp"
#include "umsops/lifecycle/incident_acts.hpp"

namespace umsops::desk {

IncidentStep escalate(OpenDesk& desk, store::WriteTx& tx, model::Incident const& incident, Escalate const& escalation,
                      std::string const& reason) {
  auto const before = store::escalations_of(tx.connection(), model::ref_of(incident));
  auto const current = before.empty() ? std::nullopt : std::optional(before.back().escalation_level);
  auto const level = lifecycle::escalated(incident, current, escalation.level, escalation.down);
  model::Incident after = incident;
  Pick pick;
  if (!escalation.to.empty()) {
    pick = pick_assignee(desk, tx, work_of(incident), escalation.to);
    after = lifecycle::assigned(std::move(after), pick.person);
  }
  auto const kept = store_escalation(
      desk, tx, {{}, model::ref_of(incident), {}, level, reason, incident.assigned_to, after.assigned_to, {}});
  std::string text = "escalated to " + std::string(model::to_string(level));
  if (after.assigned_to != incident.assigned_to)
    text += ": " + (incident.assigned_to.empty() ? "-" : incident.assigned_to) + " -> " + after.assigned_to;
  if (!reason.empty()) text += "\n" + reason;
  auto const entry = decision(desk, incident, std::move(text), base::Value::Object{{"level", model::to_string(level)}});
  auto step = store_step(desk, tx, incident, std::move(after), "escalated", reason, {write_entry(tx, entry), kept});
  if (step.incident.assigned_to == pick.person) note_pick(desk, tx, pick);
  announce(desk, tx, step.incident, "incident.escalated", step.incident.assigned_to);
  return step;
}

std::vector<IncidentOutcome> IncidentDesk::escalate(Ids const& ids, Escalate const& escalation,
                                                    ChangeOptions const& options, Batch how) {
  return change_each(desk_, ids, options, how, [&](store::WriteTx& tx, model::Incident const& incident) {
    return desk::escalate(desk_, tx, incident, escalation, options.reason);
  });
}

}  // namespace umsops::desk
