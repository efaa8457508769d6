// SPDX-License-Identifier: Apache-2.0
#include "desk/incident_judgement.hpp"

#include <algorithm>

#include "desk/decisions.hpp"
#include "umsops/base/ascii.hpp"
#include "umsops/desk/rule_desk.hpp"

namespace umsops::desk {
namespace {

using model::FieldDecision;
using model::Incident;

/// Takes the decision over, unless the caller has decided; where rules leave it open, the model's word counts.
void settle(Incident& incident, std::vector<std::string> const& said, FieldDecision decision,
            ModelWord const* word = nullptr) {
  auto const field = model::incident_type().find(decision.field);
  if (!field) return;  // attributes: nobody asks a rule for them here
  bool const by_caller = is_said(said, decision.field);
  if (by_caller) {
    decision.origin = "caller";
  } else if (!decision.suggested.empty()) {
    model::set(incident, *field, decision.suggested);
  }
  if (word && note_word(decision, *word, by_caller)) model::set(incident, *field, word->label);
  decision.value = model::get(incident, *field).text();
  incident.classification.decisions.push_back(std::move(decision));
}

ModelWord const* find(std::vector<ModelWord> const& words, std::string_view field) {
  auto const found = std::find_if(words.begin(), words.end(), [&](auto const& word) { return word.field == field; });
  return found == words.end() ? nullptr : &*found;
}

constexpr std::string_view kType = "type", kCategory = "category", kMapping = "mapping";

/// Whether neither the caller nor a rule says what type it is of.
bool type_is_open(rules::Verdict const& verdict, std::vector<std::string> const& said) {
  return !is_said(said, kType) && std::none_of(verdict.outcomes.begin(), verdict.outcomes.end(), [](auto const& one) {
    return one.field == kType && one.origin != "default";
  });
}

/// The rules' verdict. Where they leave the type open and the model is sure of it, they go by that. What then follows
/// from the type is as open as the type is.
rules::Verdict verdict_on(Incident const& incident, std::vector<std::string> const& said, rules::RuleSet const& rules,
                          std::vector<ModelWord> const& words) {
  auto facts = facts_of(incident);
  if (is_said(said, kType)) facts.emplace_back(kType, model::to_string(incident.type));
  auto verdict = rules.classify(facts);
  if (words.empty() || !type_is_open(verdict, said)) return verdict;
  if (auto const* type = find(words, kType); type && type->doubt.empty()) {
    facts.emplace_back(kType, type->label);
    verdict = rules.classify(facts);
  }
  for (auto& outcome : verdict.outcomes) {
    if (outcome.field == kCategory && outcome.origin == kMapping) outcome.origin = "default";
  }
  return verdict;
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

namespace {

void judge(OpenDesk& desk, Incident& incident, std::vector<std::string> const& said,
           std::optional<model::Priority> sender, std::vector<ModelWord> const& words) {
  auto const& rules = desk.incident_rules();
  auto const verdict = verdict_on(incident, said, rules, words);
  incident.classification.rules_version = rules.version();
  incident.classification.decisions.clear();
  std::vector<std::string> decided = said;
  for (auto const& outcome : verdict.outcomes) {
    if (outcome.field == "assigned_to") continue;  // who gets it is for `assign`
    settle(incident, said, decision_of(outcome, verdict), find(words, outcome.field));
    decided.push_back(outcome.field);
  }
  for (auto const& word : words) {
    if (is_said(decided, word.field)) continue;
    FieldDecision open;
    open.field = word.field;
    open.origin = "default";
    settle(incident, said, std::move(open), &word);
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

}  // namespace

void judge(OpenDesk& desk, Incident& incident, std::vector<std::string> const& said,
           std::optional<model::Priority> sender) {
  incident.classification.model_version.clear();
  learn::Text const text{incident.title, incident.description};
  judge(desk, incident, said, sender, ask_model(desk, incident.classification, model::incident_type(), text));
}

void judge_by_rules(OpenDesk& desk, Incident& incident, std::vector<std::string> const& said) {
  judge(desk, incident, said, {}, {});
}

}  // namespace umsops::desk
