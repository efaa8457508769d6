// SPDX-License-Identifier: Apache-2.0
#include "desk/incident_judgement.hpp"

#include "desk/decisions.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/desk/rule_desk.hpp"

namespace umsops::desk {
namespace {

using model::FieldDecision;
using model::Incident;

/// Takes the decision over, unless the caller has decided.
void settle(Incident& incident, std::vector<std::string> const& said, FieldDecision decision) {
  auto const field = model::incident_type().find(decision.field);
  if (!field) return;  // attributes: nobody asks a rule for them here
  if (is_said(said, decision.field)) {
    decision.origin = "caller";
  } else {
    model::set(incident, *field, decision.suggested);
  }
  decision.value = model::get(incident, *field).text();
  incident.classification.decisions.push_back(std::move(decision));
}

void settle(Incident& incident, std::vector<std::string> const& said, char const* field,
            service::Graded const& graded) {
  FieldDecision decision;
  decision.field = field;
  decision.origin = "rule";
  decision.suggested = model::to_string(graded.value);
  decision.rule = base::ascii_lower(service::to_string(graded.because.kind));
  decision.words = graded.because.path;
  settle(incident, said, std::move(decision));
}

}  // namespace

rules::Facts facts_of(Incident const& incident) {
  rules::Facts facts{{"title", incident.title}, {"description", incident.description}};
  auto const add = [&](char const* name, std::string text) {
    if (!text.empty()) facts.emplace_back(name, std::move(text));
  };
  add("source", incident.source);
  add("category", incident.category);
  if (incident.affected_users) add("affected_users", std::to_string(*incident.affected_users));
  if (incident.business_impact) add("business_impact", std::string(to_string(*incident.business_impact)));
  std::string services;
  for (auto const& service : incident.affected_services) services += (services.empty() ? "" : ", ") + service;
  add("affected_services", std::move(services));
  add("reported_by", incident.reported_by);
  for (auto const& [name, text] : incident.attributes) facts.emplace_back("attributes." + name, text);
  return facts;
}

void judge(OpenDesk& desk, Incident& incident, std::vector<std::string> const& said,
           std::optional<model::Priority> sender) {
  auto facts = facts_of(incident);
  if (is_said(said, "type")) facts.emplace_back("type", model::to_string(incident.type));
  auto const& rules = desk.incident_rules();
  auto const verdict = rules.classify(facts);
  incident.classification.rules_version = rules.version();
  incident.classification.decisions.clear();
  std::vector<std::string> decided = said;
  for (auto const& outcome : verdict.outcomes) {
    if (outcome.field == "assigned_to") continue;  // who gets it is for `assign`
    settle(incident, said, decision_of(outcome, verdict));
    decided.push_back(outcome.field);
  }
  service::IncidentFacts const known{incident.affected_users.value_or(0), incident.business_impact, sender,
                                     incident.affected_services};
  auto assessment = service::assess(known, desk.services(), desk.matrix());
  if (!is_said(decided, "urgency")) settle(incident, said, "urgency", assessment.urgency);
  settle(incident, said, "impact", assessment.impact);
  // What was said of impact and urgency counts for the priority, too.
  assessment.priority.value = desk.matrix().at(incident.impact.value_or(assessment.impact.value),
                                               incident.urgency.value_or(assessment.urgency.value));
  settle(incident, said, "priority", assessment.priority);
}

}  // namespace umsops::desk
