// SPDX-License-Identifier: Apache-2.0
#include "desk/review_steps.hpp"

#include <algorithm>

#include "desk/change.hpp"
#include "desk/history.hpp"
#include "desk/incident_links.hpp"
#include "model/changes.hpp"
#include "store/incidents.hpp"
#include "store/reviews.hpp"
#include "store/tickets.hpp"
#include "umsops/base/error.hpp"

namespace umsops::desk {

using model::Review;

Subject const& reviews() {
  static Subject const kReviews{store::review_table(), base::errors::review_ambiguous, base::errors::review_stale,
                                &OpenDesk::review_numbers};
  return kReviews;
}

std::optional<Review> review_of(store::Connection& db, model::Incident const& incident) {
  auto const last = behind_merges(db, incident);
  return store::review_at(db, store::place_of(db, store::incident_table(), last.id));
}

Review find_review(OpenDesk& desk, store::Connection& db, std::string const& typed) {
  bool const digits = typed.find_first_not_of("#0123456789") == std::string::npos;
  if (!digits && desk.incident_numbers().normalise(typed)) {
    auto found = review_of(db, find_incident(desk, db, typed));
    if (!found) throw base::Error(base::errors::review_none, {{"id", typed}});
    return *std::move(found);
  }
  return store::to_review(find_record(desk, db, reviews(), typed));
}

ReviewResult store_step(OpenDesk& desk, store::WriteTx& tx, Review const& before, Review after, char const* kind,
                        std::string const& reason, std::vector<model::Change> further) {
  bool const same = model::changes_between(model::review_type(), to_row(before), to_row(after)).empty();
  if (same && further.empty()) return {before, Result::unchanged};
  after.rev = before.rev + 1;
  after.updated_by = desk.options().actor.name;
  // A clock that was set back must not make a review older than its beginning.
  after.updated_at = std::max(desk.now(), after.created_at);
  refuse_unsound(after);
  store_record(desk, tx, store::review_table(), to_row(before), to_row(after), {kind, reason, std::move(further)});
  return {std::move(after), Result::updated};
}

std::vector<review::ActionState> action_states(OpenDesk& desk, store::Connection& db, Review const& review) {
  std::vector<review::ActionState> out;
  for (auto const& action : review.actions) {
    review::ActionState state{action, {}, {}};
    try {
      auto const ticket = find_ticket(desk, db, action.ticket);
      state.status = model::to_string(ticket.status);
      state.assignee = ticket.assignee_id;
    } catch (base::Error const& error) {
      if (error.kind() != base::ErrorKind::not_found) throw;
    }
    out.push_back(std::move(state));
  }
  return out;
}

void refuse_unreviewed(store::Connection& db, model::Incident const& incident) {
  if (incident.severity != model::Priority::critical || review_of(db, incident)) return;
  throw base::Error(base::errors::review_needed, {{"id", incident.incident_number}});
}

}  // namespace umsops::desk
