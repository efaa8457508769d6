// SPDX-License-Identifier: Apache-2.0
#include "desk/decisions.hpp"

#include <algorithm>

#include "umsops/base/error.hpp"
#include "umsops/desk/rule_desk.hpp"

namespace umsops::desk {

bool is_said(std::vector<std::string> const& said, std::string_view field) {
  return std::find(said.begin(), said.end(), field) != said.end();
}

std::vector<std::string> words_of(rules::Hit const& hit) {
  std::vector<std::string> words;
  for (auto const& match : hit.matches) {
    if (std::find(words.begin(), words.end(), match.word) == words.end()) words.push_back(match.word);
  }
  return words;
}

model::FieldDecision decision_of(rules::Outcome const& outcome, rules::Verdict const& verdict) {
  model::FieldDecision decision;
  decision.field = outcome.field;
  decision.suggested = outcome.value;
  decision.origin = outcome.origin == "mapping" ? "rule" : outcome.origin;
  if (outcome.hit >= 0) {
    auto const& hit = verdict.hits[static_cast<std::size_t>(outcome.hit)];
    decision.rule = hit.rule;
    decision.file = hit.file;
    decision.line = hit.line;
    decision.words = words_of(hit);
  }
  return decision;
}

namespace {

template <class Record>
void restore(OpenDesk& desk, Record& record, base::RecordType const& type,
             rules::RuleSet const& (OpenDesk::*rules_of)()) {
  auto& classification = record.classification;
  if (classification.decisions.empty()) return;
  try {
    restore_reasons(classification, (desk.*rules_of)(), facts_of(record));
  } catch (base::Error const&) {
    // `lint` tells what is wrong with them.
  }
  try {
    auto* const judge = classification.model_version.empty() ? nullptr : desk.classifier();
    if (judge) restore_words(classification, *judge, type, {record.title, record.description});
  } catch (base::Error const&) {
    // So does `classifier check`.
  }
}

}  // namespace

void restore_reasons(OpenDesk& desk, model::Ticket& ticket) {
  restore(desk, ticket, model::ticket_type(), &OpenDesk::rules);
}

void restore_reasons(OpenDesk& desk, model::Incident& incident) {
  restore(desk, incident, model::incident_type(), &OpenDesk::incident_rules);
}

model::FieldDecision& decision_on(model::Classification& classification, std::string_view field) {
  auto& decisions = classification.decisions;
  auto const found = std::find_if(decisions.begin(), decisions.end(), [&](auto const& d) { return d.field == field; });
  if (found != decisions.end()) return *found;
  auto& decision = decisions.emplace_back();
  decision.field = field;
  decision.origin = "default";
  return decision;
}

std::vector<ModelWord> ask_model(OpenDesk& desk, model::Classification& classification, base::RecordType const& type,
                                 learn::Text const& text) {
  auto* const judge = desk.classifier();
  if (!judge) return {};
  try {
    auto words = words_of(*judge, type, text);
    if (!words.empty()) classification.model_version = judge->model().version();
    return words;
  } catch (base::Error const& error) {
    desk.drop_classifier(error);
    return {};
  }
}

}  // namespace umsops::desk
