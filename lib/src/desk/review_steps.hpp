// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/batch.hpp"
#include "desk/find.hpp"
#include "desk/open_desk.hpp"
#include "umsops/desk/review_desk.hpp"

/// The steps of a review's life inside a transaction, for every use case that needs one.
namespace umsops::desk {

Subject const& reviews();
/// By its number, or by that of its incident.
model::Review find_review(OpenDesk& desk, store::Connection& db, std::string const& typed);
/// Of the incident, or of the one that it goes on in.
std::optional<model::Review> review_of(store::Connection& db, model::Incident const& incident);

/// Stores the changed review, one revision on, with an event of that kind. Nothing when nothing differs.
ReviewResult store_step(OpenDesk& desk, store::WriteTx& tx, model::Review const& before, model::Review after,
                        char const* kind, std::string const& reason, std::vector<model::Change> further = {});

/// The incident that it is about.
model::Incident reviewed_incident(store::Connection& db, model::Review const& review);
/// What the records say of its incident.
review::Facts facts_of(OpenDesk& desk, store::Connection& db, model::Review const& review);
/// Its actions, with where their tickets stand.
std::vector<review::ActionState> action_states(OpenDesk& desk, store::Connection& db, model::Review const& review);

/// Throws `review.needed` for a CRITICAL incident without one.
void refuse_unreviewed(store::Connection& db, model::Incident const& incident);

}  // namespace umsops::desk
