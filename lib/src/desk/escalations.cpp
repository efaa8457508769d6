// SPDX-License-Identifier: Apache-2.0
#include "desk/escalations.hpp"

#include "store/escalations.hpp"

namespace umsops::desk {

model::Change store_escalation(OpenDesk& desk, store::WriteTx& tx, model::Escalation escalation) {
  escalation.id = desk.ids().next_id(desk.now());
  escalation.escalated_by = desk.options().actor.name;
  escalation.escalated_at = desk.now();
  store::insert_escalation(tx, escalation);
  return {"escalation", {}, escalation.id};
}

}  // namespace umsops::desk
