// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/model/review.hpp"

/// The life cycle of a review. Pure functions of values, as `umsops/lifecycle/incident_acts.hpp`; an act that the state
/// does not allow throws `review.transition` with the allowed states.
namespace umsops::lifecycle {

using model::Review;
using model::ReviewStatus;

enum class ReviewAct { submit, approve, rework, close };
/// `submit`, `approve`, `rework`, `close`.
std::string_view to_string(ReviewAct act);
/// What an act requires: `sections`, `actions`; empty: nothing.
std::string_view need(ReviewAct act);

struct ReviewMove {
  ReviewStatus from;
  ReviewAct act;
  ReviewStatus to;
};
/// All of them, by state.
std::span<ReviewMove const> review_moves();
/// The states reachable from `from` in one move, in the order of the states.
std::vector<ReviewStatus> reachable(ReviewStatus from);

/// Others are asked to read it. Throws `review.incomplete` while it says neither what happened nor why.
Review submitted(Review review);
/// It is right, says that person.
Review approved(Review review, std::string const& by, model::TimePoint at);
/// It is not: a DRAFT again.
Review reworked(Review review);
/// All that it asked for is done. Whether it is, the caller knows.
Review closed(Review review, model::TimePoint at);

}  // namespace umsops::lifecycle
