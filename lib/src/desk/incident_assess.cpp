// SPDX-License-Identifier: Apache-2.0
// How much an incident matters, who can help, and how long it may take.
#include <algorithm>

#include "desk/incident_batch.hpp"
#include "desk/incident_links.hpp"
#include "store/incidents.hpp"
#include "umsops/base/text.hpp"

namespace umsops::desk {
namespace {

using base::Value;
using model::Incident;

/// How many incidents the estimate looks at, the newest ones: what was true years ago says little.
constexpr std::int64_t kLookedAt = 5'000;

/// The value that so many hundredths of all reach at most: nearest rank.
std::optional<std::int64_t> percentile(std::vector<std::int64_t> const& sorted, std::size_t hundredths) {
  if (sorted.empty()) return std::nullopt;
  std::size_t const rank = (sorted.size() * hundredths + 99) / 100;
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

ResolveEstimate estimate_of(store::Connection& db, Incident const& incident) {
  auto past = store::resolve_minutes(db, incident.type, incident.severity, kLookedAt);
  std::sort(past.minutes.begin(), past.minutes.end());
  ResolveEstimate out;
  out.type = incident.type;
  out.severity = incident.severity;
  out.n = static_cast<std::int64_t>(past.minutes.size());
  out.looked_at = past.looked_at;
  out.median_minutes = percentile(past.minutes, 50);
  out.p25_minutes = percentile(past.minutes, 25);
  out.p75_minutes = percentile(past.minutes, 75);
  return out;
}

std::int64_t different_requesters(store::Connection& db, Incident const& incident) {
  std::vector<std::string> people;
  auto const add = [&](Incident const& one) {
    for (auto const& person : store::requesters_of(db, model::ref_of(one))) people.push_back(base::fold(person));
  };
  add(incident);
  for (auto const& merged : merged_into(db, incident)) add(merged);
  std::sort(people.begin(), people.end());
  return std::unique(people.begin(), people.end()) - people.begin();
}

std::vector<IncidentAssessment::Reached> reached_from(service::Catalogue const& catalogue,
                                                      std::vector<std::string> const& services) {
  std::vector<service::Catalogue::Index> failed;
  for (auto const& name : services) {
    if (auto const found = catalogue.find(name)) failed.push_back(*found);
  }
  auto const hits = service::hits_of(catalogue, failed);
  std::vector<IncidentAssessment::Reached> reached;
  for (std::size_t i = 0; i < hits.size(); ++i) {
    if (hits[i].distance == 0) continue;
    auto const& service = catalogue.at(hits[i].service);
    reached.push_back({service.name, service.tier, service::path_of(catalogue, hits, i)});
  }
  return reached;
}

std::vector<std::string> skills_for(service::Catalogue const& catalogue, Incident const& incident) {
  std::vector<std::string> skills;
  auto const add = [&](std::string const& skill) {
    if (!skill.empty() && std::find(skills.begin(), skills.end(), skill) == skills.end()) skills.push_back(skill);
  };
  for (auto const& [name, value] : incident.attributes) {
    if (name == "skill") add(value);
  }
  for (auto const& name : incident.affected_services) {
    if (auto const found = catalogue.find(name)) {
      for (auto const& skill : catalogue.at(*found).skills) add(skill);
    }
  }
  if (incident.category != "other") add(incident.category);
  return skills;
}

std::vector<OnCall> on_call_at(people::Roster const& roster, base::TimePoint at,
                               std::vector<std::string> const& skills) {
  std::vector<OnCall> out;
  for (auto const& schedule : roster.schedules) {
    OnCall one{schedule.name, {}, false, {}};
    if (auto const shift = people::who(schedule, at)) {
      one.person = shift->person;
      if (auto const* const person = roster.person(shift->person)) {
        one.absent = people::absence_at(*person, at) != nullptr;
        for (auto const& [skill, level] : person->skills) {
          if (std::find(skills.begin(), skills.end(), skill) != skills.end()) one.skills.push_back(skill);
        }
      }
    }
    out.push_back(std::move(one));
  }
  return out;
}

IncidentAssessment assessment_of(OpenDesk& desk, store::Connection& db, Incident const& incident) {
  IncidentAssessment out;
  auto const& catalogue = desk.services();
  out.stated_users = incident.affected_users;
  out.requesters = different_requesters(db, incident);
  out.grades = service::assess({out.users(), incident.business_impact, {}, incident.affected_services}, catalogue,
                               desk.matrix());
  out.reached = reached_from(catalogue, incident.affected_services);
  out.skills = skills_for(catalogue, incident);
  if (auto const* const roster = desk.roster()) {
    out.has_roster = true;
    out.on_call = on_call_at(*roster, desk.now(), out.skills);
  }
  out.estimate = estimate_of(db, incident);
  return out;
}

/// Whether somebody has said what that field is to be.
bool is_decided(Incident const& incident, std::string_view field) {
  auto const& decisions = incident.classification.decisions;
  return std::any_of(decisions.begin(), decisions.end(), [&](model::FieldDecision const& decision) {
    return decision.field == field && decision.origin == "caller";
  });
}

/// What is found makes it graver, never lighter: that is for people to say, and so is what they have said. Of one that
/// is over it changes nothing.
Incident with_findings(Incident incident, IncidentAssessment const& found, service::PriorityMatrix const& matrix) {
  if (!model::is_open(incident.status)) return incident;
  if (found.users() > incident.affected_users.value_or(0)) incident.affected_users = found.users();
  auto const raise = [&](char const* field, std::optional<model::Priority>& grade, model::Priority to) {
    if (!is_decided(incident, field) && (!grade || *grade < to)) grade = to;
  };
  raise("impact", incident.impact, found.grades.overall_impact.value);
  raise("urgency", incident.urgency, found.grades.urgency.value);
  std::optional<model::Priority> priority = incident.priority;
  raise("priority", priority, matrix.at(*incident.impact, *incident.urgency));
  incident.priority = *priority;
  return incident;
}

/// `impact HIGH, overall CRITICAL, urgency HIGH, priority CRITICAL; 1200 users; ...`: what it comes to, for the
/// timeline.
std::string text_of(IncidentAssessment const& found, Incident const& after) {
  auto const& grades = found.grades;
  std::string text = "impact " + std::string(to_string(grades.impact.value)) + ", overall " +
                     std::string(to_string(grades.overall_impact.value)) + ", urgency " +
                     std::string(to_string(grades.urgency.value)) + ", priority " +
                     std::string(to_string(after.priority)) + "; " + std::to_string(found.users()) + " users";
  auto const& estimate = found.estimate;
  if (estimate.median_minutes) {
    text += "; " + std::to_string(*estimate.median_minutes) + " minutes to resolve (median of " +
            std::to_string(estimate.n) + ", " + std::to_string(*estimate.p25_minutes) + " to " +
            std::to_string(*estimate.p75_minutes) + " for half of them)";
  }
  return text;
}

AssessedIncident assess_incident(OpenDesk& desk, store::WriteTx& tx, Incident const& incident,
                                 std::string const& reason) {
  AssessedIncident out;
  out.assessment = assessment_of(desk, tx.connection(), incident);
  Incident after = with_findings(incident, out.assessment, desk.matrix());
  auto entry = entry_of(desk, incident, model::TimelineKind::assessment, text_of(out.assessment, after));
  entry.data = to_value(out.assessment);
  auto step = store_step(desk, tx, incident, std::move(after), "assessed", reason, {write_entry(tx, entry)});
  out.incident = std::move(step.incident);
  out.result = Result::updated;
  return out;
}

Value or_null(std::optional<std::int64_t> const& number) { return number ? Value(*number) : Value(); }

Value::List texts(std::vector<std::string> const& words) { return {words.begin(), words.end()}; }

Value estimate_value(ResolveEstimate const& estimate) {
  return Value::Object{{"type", model::to_string(estimate.type)},
                       {"severity", model::to_string(estimate.severity)},
                       {"n", estimate.n},
                       {"looked_at", estimate.looked_at},
                       {"median_minutes", or_null(estimate.median_minutes)},
                       {"p25_minutes", or_null(estimate.p25_minutes)},
                       {"p75_minutes", or_null(estimate.p75_minutes)}};
}

}  // namespace

Value to_value(IncidentAssessment const& assessment) {
  Value::List reached, on_call;
  for (auto const& [service, tier, path] : assessment.reached)
    reached.emplace_back(Value::Object{{"service", service}, {"tier", tier}, {"path", texts(path)}});
  for (auto const& one : assessment.on_call) {
    on_call.emplace_back(Value::Object{{"schedule", one.schedule},
                                       {"person", base::text_or_null(one.person)},
                                       {"absent", one.absent},
                                       {"skills", texts(one.skills)}});
  }
  char const* const because = assessment.requesters > assessment.stated_users.value_or(0) ? "REQUESTERS"
                              : assessment.stated_users                                   ? "STATED"
                                                                                          : "NOTHING_KNOWN";
  return Value::Object{{"affected_users", Value::Object{{"value", assessment.users()},
                                                        {"because", because},
                                                        {"stated", or_null(assessment.stated_users)},
                                                        {"requesters", assessment.requesters}}},
                       {"grades", service::to_value(assessment.grades)},
                       {"reached", std::move(reached)},
                       {"skills", texts(assessment.skills)},
                       {"roster", assessment.has_roster},
                       {"on_call", std::move(on_call)},
                       {"estimate", estimate_value(assessment.estimate)}};
}

std::vector<Outcome<AssessedIncident>> IncidentDesk::assess(Ids const& ids, ChangeOptions const& options, Batch how) {
  return edit_each_incident<AssessedIncident>(desk_, ids, options, how,
                                              [&](store::WriteTx& tx, Incident const& incident) {
                                                return assess_incident(desk_, tx, incident, options.reason);
                                              });
}

}  // namespace umsops::desk
