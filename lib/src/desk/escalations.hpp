// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "desk/open_desk.hpp"
#include "umsops/model/escalation.hpp"
#include "umsops/model/event.hpp"

namespace umsops::desk {

/// Keeps the record of an escalation, made by this actor at this moment. What it gives goes into the event of the
/// change, which so vouches for the record.
model::Change store_escalation(OpenDesk& desk, store::WriteTx& tx, model::Escalation escalation);

}  // namespace umsops::desk
