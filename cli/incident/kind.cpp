// SPDX-License-Identifier: Apache-2.0
#include "cli/completion/records.hpp"
#include "cli/incident/incident.hpp"
#include "cli/input.hpp"
#include "cli/outcome.hpp"
#include "cli/record/ids.hpp"
#include "cli/record/suggestions.hpp"
#include "umsops/lifecycle/incident_acts.hpp"

namespace umsops::cli::incident {

namespace {

constexpr record::FieldFlag kFilters[] = {
    {"status", "status"},     {"type", "type"},         {"severity", "severity"},
    {"priority", "priority"}, {"category", "category"}, {"assignee", "assigned_to"},
    {"tag", "tags"},
};

constexpr record::FieldFlag kSetters[] = {
    {"title", "title"},
    {"type", "type"},
    {"severity", "severity"},
    {"impact", "impact"},
    {"urgency", "urgency"},
    {"priority", "priority"},
    {"category", "category"},
    {"source", "source"},
    {"reporter", "reported_by"},
    {"affected-users", "affected_users"},
    {"service", "affected_services"},
    {"business-impact", "business_impact"},
    {"root-cause", "root_cause"},
    {"tags", "tags"},
};

constexpr std::string_view kFirst[] = {
    "incident_number", "title",       "status", "type",          "severity",    "impact",         "urgency",
    "priority",        "assigned_to", "update", "update_due_at", "detected_at", "affected_users", "affected_services",
    "description"};

/// `INC-000001 created  CRITICAL OPEN  the title`
std::string line_of(Env const& env, desk::IncidentResult const& result) {
  auto const& incident = result.incident;
  return incident.incident_number + " " + word_for(env, result.result) + "  " +
         std::string(to_string(incident.severity)) + " " + std::string(to_string(incident.status)) + "  " +
         incident.title;
}

}  // namespace

constinit record::Kind const kKind{
    .type = model::incident_type,
    .number = "incident_number",
    .since = "detected_at",
    .body = "description",
    .filters = kFilters,
    .setters = kSetters,
    .first = kFirst,
};

void offer_numbers(Candidates& out) {
  auto const verb = verb_of(out, "incident");
  std::vector<std::string_view> acts{verb};
  if (verb == "resolve") acts.emplace_back("force");
  if (verb == "verify") acts.insert(acts.end(), {"recover", "relapse"});
  offer_records(
      out, kKind, states_before(lifecycle::incident_moves(), acts),
      [&](std::string const& typed, std::size_t most) { return out.env().desk().incidents().complete(typed, most); });
}

record::Answer answer_of(Env& env, desk::IncidentResult const& result) {
  base::Value::List warnings;
  for (auto const& warning : result.warnings) warnings.emplace_back(warning);
  record::Answer answer{to_row(result.incident), result.result, result.dry_run, {{"warnings", std::move(warnings)}}};
  if (!result.answered.empty())
    answer.facts.emplace_back("answered", base::Value::List(result.answered.begin(), result.answered.end()));
  answer.line = line_of(env, result);
  answer.warnings = result.warnings;
  if (!result.answered.empty())
    answer.remarks.push_back(env.phrase(Phrase::answered_tickets, {{"count", std::to_string(result.answered.size())}}));
  else if (result.waiting > 0)
    answer.hint = env.phrase(Phrase::waiting_tickets, {{"count", std::to_string(result.waiting)}});
  record::tell_suggestions(env, result.suggestions, answer);
  if (!result.dry_run && result.result == desk::Result::created)
    answer.hint = env.phrase(Phrase::next_show_incident, {{"id", result.incident.incident_number}});
  return answer;
}

void write_result(Env& env, desk::IncidentResult const& result) {
  record::write_answer(kKind, env, answer_of(env, result));
}

int change_all(Env& env, Call const& call, record::Change const& change) {
  auto const ids = record::confirmed_ids(kKind, env, call);
  // A wrong -F or format is told before anything is stored.
  (void)env.style(kKind.number);
  return record::change_all(kKind, env, call, ids, change);
}

int change_all(Env& env, Call const& call, Change const& change) {
  return change_all(env, call, record::Change([&](std::vector<std::string> const& some) {
                      return record::answers_of(change(some), [&](auto const& done) { return answer_of(env, done); });
                    }));
}

desk::Sets sets_of(Env& env, Call const& call, std::string const& text_to_edit) {
  auto sets = record::sets_of(kKind, env, call, text_to_edit);
  auto const& type = model::incident_type();
  if (auto const at = time_flag(env, call, "impact-started")) sets.emplace_back(type.require("impact_started_at"), *at);
  if (auto const at = time_flag(env, call, "detected-at")) sets.emplace_back(type.require("detected_at"), *at);
  return sets;
}

}  // namespace umsops::cli::incident
