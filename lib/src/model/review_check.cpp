// SPDX-License-Identifier: Apache-2.0
#include "model/record_check.hpp"
#include "model/review_text.hpp"
#include "umsops/model/limits.hpp"
#include "umsops/model/review.hpp"

namespace umsops::model {
namespace {

void check_action(std::vector<Problem>& out, ReviewAction const& action) {
  if (is_blank(action.title)) out.push_back({"actions", "an action needs a title"});
  check_text(out, "actions", action.title, base::TextShape::line, 200);
  check_text(out, "actions", action.name, base::TextShape::line, kLongestName);
  if ((action.target == ActionTarget::task) != action.name.empty())
    out.push_back({"actions", "a rule, runbook or article has a name, a task has none"});
}

}  // namespace

std::vector<Problem> check(Review const& review) {
  std::vector<Problem> out;
  check_texts(out, review_type(), [&](std::size_t field) { return text_of(review, field); });
  if (is_blank(review.title)) out.push_back({"title", "cannot be empty"});
  for (auto const& [name, text] : review.sections)
    check_text(out, "sections." + name, text, base::TextShape::block, kLongestText);
  if (review.actions.size() > kMostActions) out.push_back({"actions", "more than 200"});
  for (auto const& action : review.actions) check_action(out, action);
  check_times(out, review_type(), [&](std::size_t field) { return get(review, field); });
  if (review.updated_at < review.created_at) out.push_back({"updated_at", "before created_at"});
  bool const was_reviewed = review.status == ReviewStatus::reviewed || review.status == ReviewStatus::closed;
  if (was_reviewed != review.reviewed_at.has_value()) out.push_back({"reviewed_at", "does not fit the status"});
  if ((review.status == ReviewStatus::closed) != review.closed_at.has_value())
    out.push_back({"closed_at", "does not fit the status"});
  if (review.rev < 1) out.push_back({"rev", "not a number from 1"});
  return out;
}

}  // namespace umsops::model
