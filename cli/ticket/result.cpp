// SPDX-License-Identifier: Apache-2.0
// How changed tickets are answered.
#include "cli/outcome.hpp"
#include "cli/record/suggestions.hpp"
#include "cli/ticket/ticket.hpp"

namespace umsops::cli::ticket {

namespace {

using base::Value;

Value duplicates_of(std::vector<desk::DuplicateCandidate> const& candidates) {
  Value::List list;
  for (auto const& candidate : candidates) {
    list.emplace_back(Value::Object{{"ticket_number", candidate.ticket_number},
                                    {"title", candidate.title},
                                    {"status", model::to_string(candidate.status)},
                                    {"score", candidate.score}});
  }
  return list;
}

/// Null where there is none.
Value flood_value(std::optional<desk::Flood> const& flood) {
  if (!flood) return {};
  Value::List tickets(flood->tickets.begin(), flood->tickets.end());
  return Value::Object{{"service", base::text_or_null(flood->service)},
                       {"category", base::text_or_null(flood->category)},
                       {"requesters", flood->requesters},
                       {"tickets", std::move(tickets)},
                       {"first_at", flood->first_at},
                       {"last_at", flood->last_at},
                       {"incident", base::text_or_null(flood->incident)}};
}

Value::Object facts_of(desk::TicketResult const& result) {
  Value::List warnings;
  for (auto const& warning : result.warnings) warnings.emplace_back(warning);
  Value::Object facts{{"duplicates", duplicates_of(result.duplicates)}, {"warnings", std::move(warnings)}};
  if (result.flood) facts.emplace_back("flood", flood_value(result.flood));
  if (!result.candidates.empty()) facts.emplace_back("candidates", candidates_of(result.candidates));
  return facts;
}

/// `T-000001 created  CRITICAL sign-in  the title`
std::string line_of(Env const& env, desk::TicketResult const& result) {
  auto const& ticket = result.ticket;
  std::string line = ticket.ticket_number + " " + word_for(env, result.result) + "  " +
                     std::string(to_string(ticket.priority)) + " " + (ticket.category.empty() ? "-" : ticket.category) +
                     "  " + ticket.title;
  if (!result.candidates.empty()) line += "  → " + ticket.assignee_id;
  return line;
}

/// What many people asking about the same suggests.
std::string flood_line(Env const& env, desk::Flood const& flood, std::string const& number) {
  Fill const fill{{"count", std::to_string(flood.requesters)},
                  {"what", flood.service.empty() ? flood.category : flood.service},
                  {"id", number},
                  {"incident", flood.incident}};
  return env.phrase(flood.incident.empty() ? Phrase::flood_without_incident : Phrase::flood_of_incident, fill);
}

std::vector<std::string> remarks_of(Env const& env, desk::TicketResult const& result) {
  std::vector<std::string> remarks;
  for (auto const& candidate : result.duplicates) {
    remarks.push_back(env.phrase(Phrase::looks_like, {{"id", candidate.ticket_number},
                                                      {"status", std::string(model::to_string(candidate.status))},
                                                      {"title", candidate.title}}));
  }
  if (result.flood) remarks.push_back(flood_line(env, *result.flood, result.ticket.ticket_number));
  return remarks;
}

record::Answer answer_of(Env& env, desk::TicketResult const& result) {
  record::Answer answer{to_row(result.ticket), result.result, result.dry_run, facts_of(result)};
  answer.line = line_of(env, result);
  answer.warnings = result.warnings;
  answer.remarks = remarks_of(env, result);
  record::tell_suggestions(env, result.suggestions, answer);
  if (!result.dry_run && result.result == desk::Result::created)
    answer.hint = env.phrase(Phrase::next_show, {{"id", result.ticket.ticket_number}});
  if (env.call().on("explain"))
    answer.explain = [&env, candidates = result.candidates] { write_candidates(env, candidates); };
  return answer;
}

}  // namespace

void write_result(Env& env, desk::TicketResult const& result, Value::Object facts) {
  auto answer = answer_of(env, result);
  std::move(facts.begin(), facts.end(), std::back_inserter(answer.facts));
  record::write_answer(kKind, env, answer);
}

int change_all(Env& env, Call const& call, std::vector<std::string> const& ids, Change const& change) {
  return record::change_all(kKind, env, call, ids, [&](std::vector<std::string> const& some) {
    return record::answers_of(change(some), [&](auto const& done) { return answer_of(env, done); });
  });
}

}  // namespace umsops::cli::ticket
