// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "store/store.hpp"
#include "umsops/model/escalation.hpp"
#include "umsops/model/ref.hpp"

namespace umsops::store {

/// The next event vouches for it.
void insert_escalation(WriteTx& tx, model::Escalation const& escalation);
/// Oldest first.
std::vector<model::Escalation> escalations_of(Connection& db, model::Ref const& record);

/// A step of a ladder that was taken.
struct TakenStep {
  model::Ref record;
  std::int64_t generation = 1;
  std::string step;
  base::TimePoint due_at{}, fired_at{};
};
/// Together with whatever the step does: it is taken once, or not at all.
void insert_taken(WriteTx& tx, TakenStep const& taken);
std::vector<TakenStep> taken_steps_of(Connection& db, model::Ref const& record);

}  // namespace umsops::store
