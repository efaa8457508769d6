// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "desk/incident_read.hpp"
#include "desk/review_steps.hpp"
#include "store/event_log.hpp"
#include "store/incidents.hpp"
#include "store/reviews.hpp"
#include "umsops/base/error.hpp"

namespace umsops::desk {
namespace {

using model::Review;

/// The middle one, or what lies halfway between the middle two.
std::optional<base::Milliseconds> median(std::vector<base::Milliseconds> lengths) {
  if (lengths.empty()) return std::nullopt;
  std::sort(lengths.begin(), lengths.end());
  std::size_t const middle = lengths.size() / 2;
  return lengths.size() % 2 == 1 ? lengths[middle] : (lengths[middle - 1] + lengths[middle]) / 2;
}

ReviewPeriod period_of(OpenDesk& desk, store::Connection& db, model::Incident const& incident, base::TimePoint from,
                       base::TimePoint until) {
  ReviewPeriod out;
  out.from = from;
  out.until = until;
  std::array<std::vector<base::Milliseconds>, 4> lengths;
  visit_kin(desk, db, incident, from, until, [&](model::Incident const& other) {
    out.incidents.push_back(other.incident_number);
    for (auto const& one : review::measurements(other)) {
      if (one.length) lengths[static_cast<std::size_t>(one.measure)].push_back(*one.length);
    }
  });
  for (std::size_t i = 0; i < lengths.size(); ++i)
    out.figures[i] = {static_cast<review::Measure>(i), static_cast<std::int64_t>(lengths[i].size()),
                      median(lengths[i])};
  return out;
}

}  // namespace

ListEnd ReviewDesk::list(query::Query const& query, std::function<bool(Review const&)> const& visit) {
  ListEnd end;
  auto* const store = desk_.reading();
  if (!store) return end;
  auto const rest = store::list_reviews(store->connection(), query, [&](Review const& review) {
    ++end.count;
    return visit(review);
  });
  end.truncated = rest.truncated;
  end.next = rest.next;
  return end;
}

std::int64_t ReviewDesk::count(query::Filter const& filter) {
  auto* const store = desk_.reading();
  return store ? store::count_records(store->connection(), store::review_table(), filter) : 0;
}

WholeReview ReviewDesk::show(std::string const& id) {
  auto* const store = desk_.reading();
  if (!store) refuse_absent(reviews(), id);
  store::ReadTx const view(*store);
  auto& db = store->connection();
  WholeReview whole;
  whole.review = find_review(desk_, db, id);
  whole.facts = facts_of(desk_, db, whole.review);
  whole.actions = action_states(desk_, db, whole.review);
  whole.findings = review::findings(whole.facts);
  whole.history = store::events_of(db, model::review_type().noun, whole.review.id);
  return whole;
}

std::vector<model::Event> ReviewDesk::history(std::string const& id) {
  auto* const store = desk_.reading();
  if (!store) refuse_absent(reviews(), id);
  store::ReadTx const view(*store);
  auto const review = find_review(desk_, store->connection(), id);
  return store::events_of(store->connection(), model::review_type().noun, review.id);
}

std::vector<std::pair<std::string, std::string>> ReviewDesk::complete(std::string const& prefix, std::size_t most) {
  std::vector<std::pair<std::string, std::string>> out;
  auto* const store = desk_.reading();
  if (!store) return out;
  for (auto const& columns : store::find_by_prefix(store->connection(), store::review_table(), prefix, most)) {
    auto review = store::to_review(columns);
    out.emplace_back(std::move(review.review_number), std::move(review.title));
  }
  return out;
}

ReviewEffect ReviewDesk::effect(std::string const& id, int days) {
  auto* const store = desk_.reading();
  if (!store) refuse_absent(reviews(), id);
  store::ReadTx const view(*store);
  auto& db = store->connection();
  ReviewEffect out;
  out.review = find_review(desk_, db, id);
  auto const incident = reviewed_incident(db, out.review);
  std::optional<base::TimePoint> since;
  for (auto const& action : out.review.actions) {
    if (action.applied_at) since = std::max(since.value_or(*action.applied_at), *action.applied_at);
  }
  out.changed = since.has_value();
  auto const began = since.value_or(incident.resolved_at.value_or(out.review.created_at));
  base::Milliseconds const span = std::chrono::days{days};
  out.before =
      period_of(desk_, db, incident, incident.detected_at - span, incident.detected_at + base::Milliseconds{1});
  out.after = period_of(desk_, db, incident, began, std::max(began, std::min(began + span, desk_.now())));
  return out;
}

}  // namespace umsops::desk
