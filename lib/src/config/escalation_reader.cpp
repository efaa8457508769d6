// SPDX-License-Identifier: Apache-2.0
// Files of the kind `escalation`: who is told when nobody acknowledges an incident, and how often news are owed.
#include "config/escalation_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "config/roster_reader.hpp"
#include "config/sla_reader.hpp"
#include "umsops/config/escalation_files.hpp"

namespace umsops::config {
namespace {

using base::Milliseconds;
using ladder::EscalationPolicy;
using ladder::EscalationStep;
using model::Priority;

constexpr std::size_t kMostPolicies = 100, kMostSteps = 20, kMostNames = 100;
constexpr Milliseconds kShortest = std::chrono::minutes(1);
constexpr Milliseconds kLongestStep = std::chrono::minutes(9000), kLongestUpdate = std::chrono::hours(24 * 30);
constexpr std::string_view kStepExample = "e.g. - {after: 5m, notify: [assignee, 'oncall:primary']}";

Node const& list_of(Node const& node, std::string_view what, std::size_t most, std::string_view example) {
  if (node.kind != Node::Kind::list) throw invalid(node.spot, fmt::format("{} is a list", what), std::string(example));
  if (node.items.size() > most) throw invalid(node.spot, fmt::format("more than {} of {}", most, what));
  return node;
}

Node const& map_of(Node const& node, std::string_view what, std::string_view example) {
  if (node.kind != Node::Kind::map) throw invalid(node.spot, fmt::format("{} is a map", what), std::string(example));
  return node;
}

Milliseconds duration_between(Node const& node, Milliseconds most, std::string_view bounds) {
  std::string const text = text_of(node);
  auto const span = base::parse_duration(text);
  if (!span || *span < kShortest || *span > most)
    throw invalid(node.spot, fmt::format("{} is no duration {}", echo(text), bounds), "e.g. 5m, 2h");
  return *span;
}

Priority severity_of(Node const& node) {
  std::string const word = text_of(node);
  if (auto const severity = model::parse_priority(word)) return *severity;
  auto const names = model::priority_names();
  throw invalid(node.spot, fmt::format("{} is none of LOW, MEDIUM, HIGH, CRITICAL", echo(word)),
                suggest(word, {names.begin(), names.end()}));
}

model::IncidentType type_of(Node const& node) {
  std::string const word = text_of(node);
  if (auto const type = model::parse_incident_type(word)) return *type;
  auto const names = model::incident_type_names();
  throw invalid(node.spot, fmt::format("{} is no type of incident", echo(word)),
                suggest(word, {names.begin(), names.end()}));
}

/// As in ladders of tickets, and whoever has the incident or leads.
std::string target_of(Node const& node) {
  std::string name = recipient_of(node);
  std::size_t const colon = name.find(':');
  if (colon == std::string::npos) return name;
  std::string_view const prefix = std::string_view(name).substr(0, colon),
                         rest = std::string_view(name).substr(colon + 1);
  if (prefix == "audience" && rest != "operations" && rest != "business" && rest != "executives")
    throw invalid(node.spot, fmt::format("{} is no audience", echo(rest)),
                  suggest(std::string(rest), {"operations", "business", "executives"}));
  if (prefix != "audience" && prefix != "team" && prefix != "oncall")
    throw invalid(node.spot, fmt::format("{} names nobody", echo(name)),
                  "a person, team:NAME, oncall:SCHEDULE, audience:operations, assignee or commander");
  return name;
}

EscalationStep read_step(Node const& node, Problems& problems) {
  map_of(node, "a step", kStepExample);
  problems.check_keys(node, {"after", "notify"});
  EscalationStep out;
  out.after = duration_between(need(node, "after", kStepExample), kLongestStep, "from 1m to 9000m");
  Node const& notify = list_of(need(node, "notify", kStepExample), "notify", kMostNames, kStepExample);
  if (notify.items.empty()) throw invalid(notify.spot, "a step that tells nobody", std::string(kStepExample));
  for (auto const& item : notify.items) problems.guard([&] { out.notify.push_back(target_of(item)); });
  return out;
}

EscalationPolicy read_escalation_policy(Node const& node, Problems& problems) {
  map_of(node, "a policy", "name, severity, steps");
  problems.check_keys(node, {"name", "severity", "types", "services", "steps", "repeat", "multi_ack"});
  EscalationPolicy out;
  out.spot = node.spot;
  out.name = name_of(need(node, "name", "e.g. name: critical"));
  if (Node const* const severity = node.find("severity")) problems.guard([&] { out.from = severity_of(*severity); });
  if (Node const* const types = node.find("types")) {
    for (auto const& item : list_of(*types, "types", kMostNames, "e.g. types: [DATABASE_ISSUE]").items)
      problems.guard([&] { out.types.push_back(type_of(item)); });
  }
  if (Node const* const services = node.find("services")) {
    for (auto const& item : list_of(*services, "services", kMostNames, "e.g. services: [sso, ldap]").items)
      problems.guard([&] { out.services.push_back(line_of(item)); });
  }
  if (Node const* const repeat = node.find("repeat"))
    problems.guard([&] { out.repeat = static_cast<int>(integer_of(*repeat, 0, 5)); });
  if (Node const* const people = node.find("multi_ack"))
    problems.guard([&] { out.acknowledgements = static_cast<int>(integer_of(*people, 1, 20)); });
  Node const& steps = list_of(need(node, "steps", kStepExample), "steps", kMostSteps, kStepExample);
  if (steps.items.empty()) throw invalid(steps.spot, "a policy without steps", std::string(kStepExample));
  for (auto const& item : steps.items) problems.guard([&] { out.steps.push_back(read_step(item, problems)); });
  return out;
}

/// Two of one name, and one that an earlier one leaves nothing to.
void check_beside(std::vector<EscalationPolicy> const& earlier, EscalationPolicy const& policy, Problems& problems) {
  for (auto const& other : earlier) {
    if (other.name == policy.name)
      problems.add(policy.spot,
                   fmt::format("policy {} occurs twice, first at line {}", echo(policy.name), other.spot.line),
                   "give each its own name");
    if (other.types.empty() && other.services.empty() && other.from <= policy.from) {
      problems.add(
          policy.spot,
          fmt::format("policy {} is never chosen: {} takes all of its incidents", echo(policy.name), echo(other.name)),
          "put the narrower one first");
      return;
    }
  }
}

void read_updates(Node const& node, ladder::Escalation& out, Problems& problems) {
  for (auto const& [key, value] : map_of(node, "updates", "e.g. updates: {CRITICAL: 30m, LOW: never}").members) {
    problems.guard([&, &word = key, &span = value] {
      auto& cell = out.updates[static_cast<std::size_t>(severity_of(word))];
      if (text_of(span) == "never") {
        cell.reset();
      } else {
        cell = duration_between(span, kLongestUpdate, "from 1m to 30d, or never");
      }
    });
  }
}

void read_root(Node const& root, ladder::Escalation& out, Problems& problems) {
  map_of(root, "an escalation file", "it begins with kind: escalation");
  problems.check_keys(root, {"kind", "policies", "updates"});
  Node const* const kind = root.find("kind");
  if (kind && text_of(*kind) != "escalation")
    throw invalid(kind->spot, "this is no escalation file", "kind: escalation");
  if (Node const* const policies = root.find("policies")) {
    out.policies.clear();
    for (auto const& item : list_of(*policies, "policies", kMostPolicies, "begin each entry with '- '").items) {
      problems.guard([&] {
        auto policy = read_escalation_policy(item, problems);
        check_beside(out.policies, policy, problems);
        out.policies.push_back(std::move(policy));
      });
    }
  }
  if (Node const* const updates = root.find("updates")) read_updates(*updates, out, problems);
}

}  // namespace

ladder::Escalation read_escalation_text(std::string_view text, std::string const& file, Problems& problems) {
  auto out = ladder::builtin_escalation();
  problems.guard([&] { read_root(parse_yaml(text, file), out, problems); });
  return out;
}

ladder::Escalation read_escalation(std::string const& file) {
  Problems problems(base::errors::config_invalid);
  auto out = read_escalation_text(read_file(file), file, problems);
  problems.raise();
  return out;
}

}  // namespace umsops::config
