// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/incident_muting.hpp"
#include "desk/incident_steps.hpp"
#include "umsops/desk/tick.hpp"

/// What time does to one incident.
namespace umsops::desk::tick {

/// Whether something may be due to it at this moment: false for most, without a look at its ladder.
bool may_be_due(OpenDesk& desk, Mutings const& mutings, model::Incident const& incident);
/// Whether something is.
bool is_due(OpenDesk& desk, store::Connection& db, Mutings const& mutings, model::Incident const& incident);
/// When time next does something to it by itself, without what mutes it.
std::optional<base::TimePoint> next_act(OpenDesk& desk, store::Connection& db, model::Incident const& incident);
/// Does all that is due to it, in order. Gives what that was.
std::vector<TickItem> act_on(OpenDesk& desk, store::WriteTx& tx, Mutings const& mutings, model::Incident incident);
/// A hook did not let it be RESOLVED: it is tried again in an hour.
void put_off(OpenDesk& desk, store::WriteTx& tx, model::Incident const& incident, base::Error const& error);

}  // namespace umsops::desk::tick
