// SPDX-License-Identifier: Apache-2.0
// What the records say of an incident that is reviewed.
#include <algorithm>

#include "desk/incident_read.hpp"
#include "desk/member_text.hpp"
#include "desk/review_steps.hpp"
#include "store/articles.hpp"
#include "store/incidents.hpp"
#include "store/outbox.hpp"
#include "store/reviews.hpp"
#include "umsops/base/error.hpp"
#include "umsops/ladder/incident_escalation.hpp"

namespace umsops::desk {
namespace {

using model::Incident;

std::vector<review::ToldPerson> told_of(store::Connection& db, std::int64_t incident) {
  std::vector<review::ToldPerson> out;
  for (auto const& one : store::deliveries_about(db, model::incident_type().noun, incident)) {
    out.push_back({one.finished_at.value_or(one.created_at), one.kind, one.audience, one.person, one.channel,
                   std::string(model::to_string(one.state)), one.note});
  }
  std::stable_sort(out.begin(), out.end(), [](auto const& a, auto const& b) { return a.at < b.at; });
  return out;
}

/// Those that somebody passed over in going on behind them.
void add_passed_over(model::TimelineEntry const& entry, std::vector<review::StepRun>& out) {
  auto const* const found = entry.data.find("passed_over");
  auto const* const steps = found ? found->get_if<base::Value::List>() : nullptr;
  if (!steps) return;
  for (auto const& step : *steps)
    out.push_back({entry.at, text_in(entry.data, "runbook"), std::string(step.text()), "PASSED_OVER", entry.author});
}

/// Steps of runbooks, as the timeline tells of them: how each ended, and where somebody had to say so.
std::vector<review::StepRun> steps_of(std::vector<model::TimelineEntry> const& timeline) {
  std::vector<review::StepRun> out;
  for (auto const& entry : timeline) {
    if (entry.kind == model::TimelineKind::step) add_passed_over(entry, out);
    auto const step = text_in(entry.data, "step"), part = text_in(entry.data, "part");
    bool const assumed = text_in(entry.data, "word") == "assumed";
    bool const ended = part == "main" || part == "on_error";
    if (entry.kind != model::TimelineKind::step || step.empty() || !(assumed || ended)) continue;
    out.push_back({entry.at, text_in(entry.data, "runbook"), step, assumed ? "ASSUMED" : text_in(entry.data, "state"),
                   assumed ? entry.author : std::string()});
  }
  return out;
}

std::vector<review::UsedArticle> articles_of(store::Connection& db, Incident const& incident) {
  std::vector<review::UsedArticle> out;
  for (auto const& [n, worked] : store::articles_used_for(db, incident.incident_number)) {
    if (auto const article = store::article_at(db, n)) out.push_back({article->kb_number, article->title, worked});
  }
  return out;
}

std::vector<review::OtherIncident> earlier_ones(OpenDesk& desk, store::Connection& db, Incident const& incident) {
  std::vector<review::OtherIncident> out;
  visit_kin(desk, db, incident, incident.detected_at - review::kRecurrence, incident.detected_at,
            [&](Incident const& other) {
              if (other.id != incident.id) out.push_back({other.incident_number, other.title, other.detected_at});
            });
  return out;
}

std::optional<base::Milliseconds> acknowledge_within(OpenDesk& desk, Incident const& incident) {
  auto const* const policy = ladder::policy_for(desk.escalation(), incident);
  return policy && !policy->steps.empty() ? std::optional(policy->steps.front().after) : std::nullopt;
}

}  // namespace

void visit_kin(OpenDesk& desk, store::Connection& db, Incident const& incident, base::TimePoint from,
               base::TimePoint until, std::function<void(Incident const&)> const& visit) {
  auto const& type = model::incident_type();
  query::Query query;
  query.filter =
      query::all_of({query::condition_on(type.require("type"), query::Op::eq, {model::to_string(incident.type)}),
                     query::condition_on(type.require("created_at"), query::Op::ge, {from}),
                     query::condition_on(type.require("detected_at"), query::Op::ge, {from}),
                     query::condition_on(type.require("detected_at"), query::Op::lt, {until})});
  query.sort = {{type.require("created_at"), false}};
  query.details = false;
  std::vector<Incident> found;
  store::list_incidents(db, query, [&](Incident& other) {
    desk.check_interrupted();
    found.push_back(std::move(other));
    return true;
  });
  auto const& services = incident.affected_services;
  for (auto const& other : found) {
    bool const same_service =
        services.empty() || std::any_of(services.begin(), services.end(), [&](auto const& service) {
          auto const& theirs = other.affected_services;
          return std::find(theirs.begin(), theirs.end(), service) != theirs.end();
        });
    // One that goes on in another is no trouble of its own.
    if (same_service && behind_merges(db, other).id == other.id) visit(other);
  }
}

Incident reviewed_incident(store::Connection& db, model::Review const& review) {
  auto found = store::incident_at(db, store::place_of(db, store::review_table(), review.id));
  if (found) return *std::move(found);
  throw base::Error(base::errors::store_damaged, {{"problem", "review " + review.review_number + " of no incident"}});
}

review::Facts facts_of(OpenDesk& desk, store::Connection& db, model::Review const& review) {
  review::Facts facts;
  auto whole = whole_incident(desk, db, reviewed_incident(db, review));
  facts.timeline = std::move(whole.timeline);
  facts.steps = steps_of(facts.timeline);
  facts.incident = std::move(whole.incident);
  facts.told = told_of(db, store::place_of(db, store::incident_table(), facts.incident.id));
  facts.articles = articles_of(db, facts.incident);
  facts.earlier = earlier_ones(desk, db, facts.incident);
  facts.acknowledge_within = acknowledge_within(desk, facts.incident);
  return facts;
}

}  // namespace umsops::desk
