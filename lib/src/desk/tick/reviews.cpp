// SPDX-License-Identifier: Apache-2.0
// Reviews that should be done by now.
#include "store/reviews.hpp"
#include "desk/announce.hpp"
#include "desk/change.hpp"
#include "desk/review_steps.hpp"
#include "desk/tick/job.hpp"
#include "store/escalations.hpp"
#include "store/event_log.hpp"
#include "store/incidents.hpp"

namespace umsops::desk::tick {
namespace {

using model::Review;

constexpr std::string_view kStep = "due";
/// Behind this a review is late, as anything that tick does.
constexpr std::chrono::minutes kLate{2};

std::vector<Review> overdue(store::Connection& db, base::TimePoint now) {
  auto const& type = model::review_type();
  query::Query query;
  query.filter = query::all_of({query::condition_on(type.require("due_at"), query::Op::le, {now}),
                                query::condition_on(type.require("status"), query::Op::eq, {"DRAFT", "IN_REVIEW"})});
  query.sort = {{type.require("due_at"), false}};
  std::vector<Review> found;
  store::list_reviews(db, query, [&](Review const& review) {
    found.push_back(review);
    return true;
  });
  return found;
}

/// Once for each due time: whoever gives it another one is reminded of that.
bool is_reminded(store::Connection& db, Review const& review) {
  for (auto const& taken : store::taken_steps_of(db, model::ref_of(review))) {
    if (taken.step == kStep && taken.due_at == *review.due_at) return true;
  }
  return false;
}

std::string whom(Review const& review, model::Incident const& incident) {
  if (!review.owner.empty()) return review.owner;
  return incident.assigned_to.empty() ? "audience:operations" : incident.assigned_to;
}

TickItem remind(OpenDesk& desk, store::WriteTx& tx, Review const& review) {
  auto const incident =
      store::incident_at(tx.connection(), store::place_of(tx.connection(), store::review_table(), review.id));
  TickItem item{"review", {}, review.review_number, *review.due_at, desk.now(), desk.now() - *review.due_at > kLate,
                {},       {}};
  if (!incident) return item;
  item.incident_number = incident->incident_number;
  item.outcome = whom(review, *incident);
  announce(desk, tx, *incident, "review.due", item.outcome, review.review_number);
  store::insert_taken(tx, {model::ref_of(review), review.due_at->time_since_epoch().count(), std::string(kStep),
                           *review.due_at, desk.now()});
  auto event = event_of(desk, model::ref_of(review), review.rev, {"reminded", ""});
  store::append_event(tx, event, {}, desk.ids());
  return item;
}

}  // namespace

void remind_of_reviews(Run& run) {
  auto& desk = run.desk;
  auto const until = run.options.dry_run ? run.options.until.value_or(desk.now()) : desk.now();
  for (auto const& found : overdue(desk.writing().connection(), until)) {
    desk.check_interrupted();
    if (is_reminded(desk.writing().connection(), found)) continue;
    auto const item = desk.write([&](store::WriteTx& tx) {
      tx.take_turn();  // at once: a tick that runs at the same time waits, and then finds it done
      if (run.options.dry_run) tx.discard();
      auto const review = find_review(desk, tx.connection(), found.id);
      bool const due = review.due_at == found.due_at && review.status == found.status;
      return due && !is_reminded(tx.connection(), review) ? std::optional(remind(desk, tx, review)) : std::nullopt;
    });
    if (item) run.report(*item);
  }
}

}  // namespace umsops::desk::tick
