// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "umsops/model/incident.hpp"
#include "umsops/model/ticket.hpp"
#include "umsops/rules/rule_set.hpp"

namespace umsops::desk {

/// One expected outcome, and what came instead.
struct RuleTestResult {
  rules::TestCase test;
  bool passed = false;
  std::vector<std::pair<std::string, std::string>> got;  ///< the fields that differ, with the value that came
};

/// Runs the cases against the rules.
std::vector<RuleTestResult> run_rule_tests(rules::RuleSet const& rules, std::vector<rules::TestCase> const& cases);

/// The facts that rules see of a record.
rules::Facts facts_of(model::Ticket const& ticket);
rules::Facts facts_of(model::Incident const& incident);

/// What rules would have seen when it came: without the values that they, a model or people gave it since.
rules::Facts first_facts_of(model::Ticket const& ticket);
rules::Facts first_facts_of(model::Incident const& incident);

/// Whether a person gave the record the value that it carries in a classified field, or it came with an import: neither
/// rules nor a model, a hook or a default.
bool is_by_person(model::Classification const& classification, std::string_view field);

/// Gives the ticket what the rules say where the caller said nothing, and records the whole classification. `said`
/// names the fields that the caller set himself: those are never overruled.
void classify(model::Ticket& ticket, rules::RuleSet const& rules, std::vector<std::string> const& said);

/// Fills in what a stored classification leaves out (file, line and words of its rules), where these rules are those
/// that decided and still hold of the ticket.
void restore_reasons(model::Classification& classification, rules::RuleSet const& rules, rules::Facts const& facts);

}  // namespace umsops::desk
