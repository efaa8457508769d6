// SPDX-License-Identifier: Apache-2.0
#include "umsops/lifecycle/review_acts.hpp"

#include <algorithm>
#include <array>

#include "lifecycle/moves.hpp"
#include "umsops/base/error.hpp"

namespace umsops::lifecycle {
namespace {

using A = ReviewAct;
using S = ReviewStatus;

constexpr std::array<std::string_view, 4> kActs{"submit", "approve", "rework", "close"};

constexpr ReviewMove kMoves[] = {
    {S::draft, A::submit, S::in_review}, {S::in_review, A::approve, S::reviewed}, {S::in_review, A::rework, S::draft},
    {S::reviewed, A::close, S::closed},  {S::reviewed, A::rework, S::draft},      {S::closed, A::rework, S::draft},
};

/// Without these nobody learns anything from it.
constexpr std::string_view kWanted[] = {"overview", "contributing_factors"};

Review moved(Review review, A act, S wanted) {
  for (ReviewMove const& move : kMoves) {
    if (move.from != review.status || move.act != act) continue;
    review.status = move.to;
    return review;
  }
  refuse_move_of(base::errors::review_transition, review.review_number, review.status, wanted, "-");
}

}  // namespace

std::string_view to_string(ReviewAct act) { return kActs[static_cast<std::size_t>(act)]; }

std::string_view need(ReviewAct act) {
  if (act == A::submit) return "sections";
  return act == A::close ? "actions" : "";
}

std::span<ReviewMove const> review_moves() { return kMoves; }
std::vector<S> reachable(S from) { return reachable_in(std::span<ReviewMove const>(kMoves), from); }

Review submitted(Review review) {
  review = moved(std::move(review), A::submit, S::in_review);
  std::string missing;
  for (auto const section : kWanted) {
    bool const said = std::any_of(review.sections.begin(), review.sections.end(),
                                  [&](auto const& one) { return one.first == section; });
    if (!said) missing.append(missing.empty() ? "" : ", ").append(section);
  }
  if (!missing.empty())
    throw base::Error(base::errors::review_incomplete, {{"id", review.review_number}, {"sections", missing}});
  return review;
}

Review approved(Review review, std::string const& by, model::TimePoint at) {
  review = moved(std::move(review), A::approve, S::reviewed);
  review.reviewed_by = by;
  review.reviewed_at = std::max(at, review.created_at);
  return review;
}

Review reworked(Review review) {
  review = moved(std::move(review), A::rework, S::draft);
  review.reviewed_by.clear();
  review.reviewed_at.reset();
  review.closed_at.reset();
  return review;
}

Review closed(Review review, model::TimePoint at) {
  review = moved(std::move(review), A::close, S::closed);
  review.closed_at = std::max(at, review.created_at);
  return review;
}

}  // namespace umsops::lifecycle
