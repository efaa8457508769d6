// SPDX-License-Identifier: Apache-2.0
#include "desk/report_actions.hpp"

#include "desk/report_rows.hpp"
#include "store/reviews.hpp"
#include "store/tickets.hpp"

namespace umsops::desk {
namespace {

using base::TimePoint;
using model::Review;
using model::ReviewAction;
using report::kNone;

std::int64_t number(std::optional<TimePoint> const& at) { return at ? at->time_since_epoch().count() : kNone; }

/// What stands in a text column, and in that of a time.
struct Cells {
  std::optional<TimePoint> done_at;
  std::string owner;
};

Cells cells_of(store::Connection& db, ReviewAction const& action, TimePoint now) {
  Cells out;
  if (auto const ticket = store::find_ticket_by_number(db, action.ticket)) {
    out.owner = ticket->assignee_id;
    out.done_at = ticket->resolved_at ? ticket->resolved_at : ticket->closed_at;
  }
  if (out.done_at && *out.done_at > now) out.done_at.reset();
  return out;
}

std::string_view text_of(std::string_view field, Review const& review, ReviewAction const& action, Cells const& cells) {
  if (field == "review") return review.review_number;
  if (field == "incident") return review.incident;
  if (field == "type") return model::to_string(review.type);
  if (field == "severity") return model::to_string(review.severity);
  if (field == "ticket") return action.ticket;
  if (field == "title") return action.title;
  if (field == "target") return model::to_string(action.target);
  if (field == "owner") return cells.owner;
  return cells.done_at ? "DONE" : "OPEN";
}

std::optional<TimePoint> time_of(std::string_view field, ReviewAction const& action, Cells const& cells) {
  if (field == "created_at") return action.created_at;
  if (field == "due_at") return action.due_at;
  return field == "done_at" ? cells.done_at : action.applied_at;
}

void put(BatchBuilder& batch, report::Plan const& plan, Review const& review, ReviewAction const& action,
         Cells const& cells) {
  for (std::size_t i = 0; i < plan.inputs.size(); ++i) {
    auto const& field = plan.field_of(i);
    if (field.type == base::FieldType::time) {
      batch.put(i, number(time_of(field.name, action, cells)));
      continue;
    }
    auto const text = text_of(field.name, review, action, cells);
    text.empty() ? batch.put(i, kNone) : batch.put_text(i, text);
  }
  batch.end_row();
}

}  // namespace

void read_actions(OpenDesk& desk, report::Aggregator& into) {
  auto* const store = desk.reading();
  if (!store) return;
  store::ReadTx const view(*store);
  auto& db = store->connection();
  auto const& plan = into.plan();
  auto const now = plan.context.now;
  std::vector<Review> reviews;
  store::list_reviews(db, {}, [&](Review const& review) {
    if (!review.actions.empty()) reviews.push_back(review);
    return true;
  });
  BatchBuilder batch(into);
  for (auto const& review : reviews) {
    desk.check_interrupted();
    for (auto const& action : review.actions)
      if (action.created_at <= now) put(batch, plan, review, action, cells_of(db, action, now));
  }
  batch.flush();
}

}  // namespace umsops::desk
