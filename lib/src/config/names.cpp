// SPDX-License-Identifier: Apache-2.0
#include "umsops/config/name_files.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "config/problems.hpp"

namespace umsops::config {
namespace {

constexpr std::string_view kTeam = "team:", kOncall = "oncall:";
/// Roles of an incident, and words of assignment, that are no names.
constexpr std::string_view kWords[] = {"assignee", "commander", "scribe", "communications", "deputy", "me", "auto"};

template <class Items>
std::vector<std::string_view> names_of(Items const& items) {
  std::vector<std::string_view> out;
  for (auto const& item : items) out.push_back(item.name);
  return out;
}

template <class Items>
std::string problem_with(std::string_view name, char const* what, Items const& items, std::string& hint) {
  auto const known = names_of(items);
  if (std::find(known.begin(), known.end(), name) != known.end()) return {};
  hint = suggest(name, known);
  return fmt::format("the roster has no {} {}", what, echo(name));
}

std::string problem_with(people::Roster const& roster, std::string_view target, std::string& hint) {
  if (target.starts_with(kTeam)) return problem_with(target.substr(kTeam.size()), "team", roster.teams, hint);
  if (target.starts_with(kOncall)) {
    return problem_with(target.substr(kOncall.size()), "schedule", roster.schedules, hint);
  }
  bool const is_word = std::find(std::begin(kWords), std::end(kWords), target) != std::end(kWords);
  if (target.empty() || is_word || target.find_first_of("@:") != std::string_view::npos) return {};
  return problem_with(target, "person", roster.people, hint);
}

}  // namespace

std::vector<SaidName> names_in(sla::Book const& book) {
  std::vector<SaidName> out;
  for (auto const& policy : book.policies()) {
    for (auto const& step : policy.ladder) {
      out.push_back({step.assign, step.spot});
      for (auto const& name : step.notify) out.push_back({name, step.spot});
    }
  }
  for (auto const& team : book.teams()) out.push_back({std::string(kTeam) + team.team, team.spot});
  return out;
}

std::vector<SaidName> names_in(ladder::Escalation const& escalation) {
  std::vector<SaidName> out;
  for (auto const& policy : escalation.policies) {
    for (auto const& step : policy.steps) {
      for (auto const& name : step.notify) out.push_back({name, policy.spot});
    }
  }
  return out;
}

std::vector<SaidName> names_in(rules::RuleSource const& rules) {
  std::vector<SaidName> out;
  auto const take = [&](std::string_view field, std::string const& value, std::string const& file, std::int64_t line) {
    if (field == "assignee_id" || field == "assigned_to") out.push_back({value, {file, line, 1}});
    if (field == "team") out.push_back({std::string(kTeam) + value, {file, line, 1}});
  };
  for (auto const& rule : rules.rules) {
    for (auto const& [field, value] : rule.sets) take(field, value, rule.file, rule.line);
  }
  for (auto const& mapping : rules.mappings) {
    for (std::size_t i = 0; i < mapping.columns.size(); ++i) {
      for (auto const& [key, cells] : mapping.rows) take(mapping.columns[i], cells[i], mapping.file, mapping.line);
    }
  }
  return out;
}

std::vector<SaidName> names_in(notify::Setup const& setup) {
  std::vector<SaidName> out;
  for (auto const& audience : setup.audiences) {
    for (auto const& name : audience.to) out.push_back({name, audience.spot});
  }
  return out;
}

std::vector<SaidName> names_in(dialogue::Flow const& flow) {
  std::vector<SaidName> out;
  for (auto const& node : flow.nodes) {
    out.push_back({node.transfer, {flow.file, node.line, 1}});
    out.push_back({node.assignee, {flow.file, node.line, 1}});
  }
  return out;
}

std::vector<base::Error> lint_names(people::Roster const& roster, std::vector<SaidName> const& names) {
  Problems problems(base::errors::config_invalid);
  for (auto const& said : names) {
    std::string hint;
    std::string problem = problem_with(roster, said.target, hint);
    if (!problem.empty()) problems.add(said.spot, std::move(problem), std::move(hint));
  }
  return problems.all();
}

}  // namespace umsops::config
