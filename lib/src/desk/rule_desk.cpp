// SPDX-License-Identifier: Apache-2.0
#include "umsops/desk/rule_desk.hpp"

#include <algorithm>

#include "desk/decisions.hpp"
#include "model/attributes.hpp"
#include "model/ticket_changes.hpp"
#include "umsops/base/json.hpp"
#include "umsops/model/requester.hpp"

namespace umsops::desk {
namespace {

constexpr std::string_view kAttribute = model::kAttributePrefix;

std::string fact_text(base::Value const& value) {
  return value.get_if<std::string>() ? std::string(value.text())
         : value.is_null()           ? std::string()
                                     : base::to_json(value);
}

rules::Facts facts_of_case(base::Value const& object) {
  rules::Facts facts;
  auto const* members = object.get_if<base::Value::Object>();
  if (!members) return facts;
  for (auto const& [name, value] : *members) {
    if (auto const* inner = value.get_if<base::Value::Object>()) {
      for (auto const& [key, text] : *inner) facts.emplace_back(name + "." + key, fact_text(text));
    } else {
      facts.emplace_back(name, fact_text(value));
    }
  }
  return facts;
}

}  // namespace

rules::Facts facts_of(model::Ticket const& ticket) {
  rules::Facts facts{{"title", ticket.title},
                     {"description", ticket.description},
                     {"source", std::string(model::to_string(ticket.source))}};
  auto const add = [&](char const* name, std::string const& text) {
    if (!text.empty()) facts.emplace_back(name, text);
  };
  add("requester_id", ticket.requester_id);
  add("assignee_id", ticket.assignee_id);
  add("category", ticket.category);
  add("subcategory", ticket.subcategory);
  add("service", ticket.service);
  add("team", ticket.team);
  for (auto const& [name, text] : ticket.attributes) facts.emplace_back(std::string(kAttribute) + name, text);
  for (auto const& [name, text] : ticket.requester_facts)
    facts.emplace_back(std::string(model::kRequesterPrefix) + name, text);
  return facts;
}

bool is_by_person(model::Classification const& classification, std::string_view field) {
  auto const* const decision = classification.find(field);
  return !decision || decision->origin == "caller" || decision->origin == "import";
}

namespace {

void take_out_outcomes(rules::Facts& facts, rules::Target const& target, model::Classification const& classification) {
  std::erase_if(facts, [&](auto const& fact) {
    auto const& [name, value] = fact;
    if (name.starts_with(kAttribute))
      return classification.find(name) != nullptr && !is_by_person(classification, name);
    return std::find(target.decided.begin(), target.decided.end(), name) != target.decided.end() &&
           ((name != "service" && name != "team") || !classification.find(name) || !is_by_person(classification, name));
  });
}

}  // namespace

rules::Facts first_facts_of(model::Ticket const& ticket) {
  auto facts = facts_of(ticket);
  take_out_outcomes(facts, rules::ticket_target(), ticket.classification);
  return facts;
}

rules::Facts first_facts_of(model::Incident const& incident) {
  auto facts = facts_of(incident);
  take_out_outcomes(facts, *rules::find_target("incident"), incident.classification);
  return facts;
}

void classify(model::Ticket& ticket, rules::RuleSet const& rules, std::vector<std::string> const& said) {
  auto const verdict = rules.classify(facts_of(ticket));
  ticket.classification.rules_version = rules.version();
  ticket.classification.decisions.clear();
  for (auto const& outcome : verdict.outcomes) {
    auto decision = decision_of(outcome, verdict);
    bool const given = is_said(said, outcome.field) ||
                       (outcome.field.starts_with(kAttribute) && !model::carried_value(ticket, outcome.field).empty());
    if (given) {
      decision.origin = "caller";
      decision.value = model::carried_value(ticket, outcome.field);
    } else {
      model::give(ticket, outcome.field, outcome.value);
      decision.value = outcome.value;
    }
    ticket.classification.decisions.push_back(std::move(decision));
  }
  for (std::string const field : {"priority", "category", "subcategory", "service", "team"}) {
    if (!is_said(said, field) || ticket.classification.find(field)) continue;
    model::FieldDecision decision;
    decision.field = field;
    decision.value = model::carried_value(ticket, field);
    decision.origin = "caller";
    ticket.classification.decisions.push_back(std::move(decision));
  }
}

void restore_reasons(model::Classification& classification, rules::RuleSet const& rules, rules::Facts const& facts) {
  if (classification.rules_version != rules.version()) return;
  auto const verdict = rules.classify(facts);
  for (auto& decision : classification.decisions) {
    auto const hit =
        std::find_if(verdict.hits.begin(), verdict.hits.end(), [&](auto const& h) { return h.rule == decision.rule; });
    if (decision.rule.empty() || hit == verdict.hits.end()) continue;
    decision.file = hit->file;
    decision.line = hit->line;
    decision.words = words_of(*hit);
  }
}

std::vector<RuleTestResult> run_rule_tests(rules::RuleSet const& rules, std::vector<rules::TestCase> const& cases) {
  std::vector<RuleTestResult> results;
  for (auto const& test : cases) {
    auto const verdict = rules.classify(facts_of_case(test.facts));
    RuleTestResult result{test, true, {}};
    if (auto const* expected = test.expect.get_if<base::Value::Object>()) {
      for (auto const& member : *expected) {
        auto const outcome = std::find_if(verdict.outcomes.begin(), verdict.outcomes.end(),
                                          [&](auto const& o) { return o.field == member.first; });
        std::string const got = outcome == verdict.outcomes.end() ? std::string() : outcome->value;
        if (got != fact_text(member.second)) result.got.emplace_back(member.first, got);
      }
    }
    result.passed = result.got.empty();
    results.push_back(std::move(result));
  }
  return results;
}

}  // namespace umsops::desk
