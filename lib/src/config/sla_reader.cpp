// SPDX-License-Identifier: Apache-2.0
#include "config/sla_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "config/roster_reader.hpp"
#include "umsops/base/text.hpp"
#include "umsops/config/sla_files.hpp"

namespace umsops::config {
namespace {

using calendar::Calendar;
using sla::Policy;

constexpr std::size_t kMostPolicies = 200;
constexpr std::int64_t kMostWeeks = 521;  // ten years

void read_policies(Node const& root, SlaFile& out, Problems& problems) {
  Node const* const list = root.find("policies");
  if (!list || list->kind == Node::Kind::null) {
    if (list) problems.add(list->spot, "an empty list of policies", "leave it out, or give it one");
    return;
  }
  if (list->kind != Node::Kind::list)
    return problems.add(list->spot, "policies is a list", "begin each entry with '- '");
  if (list->items.empty()) problems.add(list->spot, "an empty list of policies", "leave it out, or give it one");
  if (list->items.size() > kMostPolicies)
    return problems.add(list->spot, fmt::format("more than {} policies", kMostPolicies));
  for (auto const& item : list->items) {
    problems.guard([&] {
      if (auto policy = read_policy(item, problems)) out.policies.push_back(std::move(*policy));
    });
  }
}

void read_teams(Node const& node, SlaFile& out, Problems& problems) {
  constexpr char kExample[] = "e.g. teams: {emea: {calendar: berlin}}";
  if (node.kind != Node::Kind::map) throw invalid(node.spot, "teams is a map", kExample);
  for (auto const& [key, value] : node.members) {
    problems.guard([&, &key = key, &value = value] {
      if (value.kind != Node::Kind::map) throw invalid(value.spot, "a team is a map", kExample);
      problems.check_keys(value, {"calendar"});
      Node const& calendar = need(value, "calendar", kExample);
      out.teams.push_back({text_of(key), text_of(calendar), calendar.spot});
    });
  }
}

void read_root(Node const& root, ReadFile const& read, SlaFile& out, Problems& problems) {
  if (root.kind != Node::Kind::map) throw invalid(root.spot, "an SLA file is a map", "it has calendars and policies");
  problems.check_keys(root, {"kind", "use", "calendars", "policies", "teams"});
  if (Node const* const kind = root.find("kind")) {
    problems.guard([&] {
      if (text_of(*kind) == "sla") return;
      throw invalid(kind->spot, fmt::format("this is a file of kind {}, not sla", echo(kind->scalar)));
    });
  }
  if (Node const* const use = root.find("use")) {
    problems.guard([&] {
      out.uses_builtin = text_of(*use) == "builtin";
      if (!out.uses_builtin)
        throw invalid(use->spot, fmt::format("use: {} is not known", echo(use->scalar)), "use: builtin");
    });
  }
  bool const says = root.find("use") || root.find("calendars") || root.find("policies");
  if (!says) problems.add(root.spot, "an SLA file that says nothing", "give it calendars or policies");
  if (Node const* const calendars = root.find("calendars")) out.calendars = read_calendars(*calendars, read, problems);
  read_policies(root, out, problems);
  if (Node const* const teams = root.find("teams")) problems.guard([&] { read_teams(*teams, out, problems); });
}

void refuse_twice(std::vector<Policy> const& policies, Problems& problems) {
  for (auto policy = policies.begin(); policy != policies.end(); ++policy) {
    auto const first = std::find_if(policies.begin(), policy, [&](Policy const& p) { return p.name == policy->name; });
    if (first == policy || policy->name.empty()) continue;
    problems.add(
        policy->spot,
        fmt::format("policy {} occurs twice, first at {}:{}", echo(policy->name), first->spot.file, first->spot.line),
        "give each its own name");
  }
}

Calendar const* find(std::vector<Calendar> const& calendars, std::string_view name) {
  auto const at = std::find_if(calendars.begin(), calendars.end(), [&](Calendar const& c) { return c.name() == name; });
  return at == calendars.end() ? nullptr : &*at;
}

/// A target that takes years in this calendar is an error in one of the two.
void check_reach(Policy const& policy, Calendar const& calendar, Problems& problems) {
  std::int64_t week = calendar.always() ? 7 * calendar::kMinutesOfDay : 0;
  for (auto const& day : calendar.week()) {
    for (auto const window : day) week += window.to - window.from;
  }
  for (auto const& target : {policy.response, policy.resolution}) {
    if (target && *target > std::chrono::minutes(week) * kMostWeeks) {
      problems.add(policy.spot, fmt::format("policy {}: {} of working time take more than ten years of calendar {}",
                                            echo(policy.name), sla::duration_text(*target), calendar.name()));
    }
  }
}

/// `open`: other files may define calendars, so an unknown name is not an error yet.
void check_calendars(std::vector<Policy> const& policies, std::vector<sla::TeamCalendar> const& teams,
                     std::vector<Calendar> const& calendars, bool open, Problems& problems) {
  std::vector<std::string_view> names;
  for (auto const& calendar : calendars) names.push_back(calendar.name());
  for (auto const& policy : policies) {
    Calendar const* const calendar = find(calendars, policy.calendar);
    if (calendar) check_reach(policy, *calendar, problems);
    if (calendar || open || policy.calendar.empty()) continue;
    problems.add(policy.spot, fmt::format("policy {}: no calendar {}", echo(policy.name), echo(policy.calendar)),
                 suggest(policy.calendar, names));
  }
  for (auto team = teams.begin(); team != teams.end(); ++team) {
    if (std::any_of(teams.begin(), team, [&](auto const& other) { return other.team == team->team; }))
      problems.add(team->spot, fmt::format("team {} occurs twice", echo(team->team)));
    if (open || find(calendars, team->calendar)) continue;
    problems.add(team->spot, fmt::format("team {}: no calendar {}", echo(team->team), echo(team->calendar)),
                 suggest(team->calendar, names));
  }
}

void add_calendars(std::vector<Calendar>& to, std::span<Calendar const> from) {
  for (auto const& calendar : from) {
    if (!find(to, calendar.name())) to.push_back(calendar);
  }
}

void refuse_shared_calendars(std::vector<Calendar> const& known, SlaFile const& file, Problems& problems) {
  for (auto const& calendar : file.calendars) {
    if (find(known, calendar.name())) {
      problems.add(file.begin, fmt::format("calendar {} is defined by another file already", calendar.name()));
    }
  }
}

/// Checks the joined files and makes a book of them.
sla::Book finish(std::vector<SlaFile> files, base::TimeZone const& zone, Problems& problems) {
  std::vector<Calendar> calendars;
  std::vector<Policy> policies;
  std::vector<sla::TeamCalendar> teams;
  bool uses_builtin = false;
  for (auto& file : files) {
    refuse_shared_calendars(calendars, file, problems);
    add_calendars(calendars, file.calendars);
    std::move(file.policies.begin(), file.policies.end(), std::back_inserter(policies));
    std::move(file.teams.begin(), file.teams.end(), std::back_inserter(teams));
    uses_builtin = uses_builtin || file.uses_builtin;
  }
  if (policies.empty() && !uses_builtin && problems.all().empty()) {
    problems.add(files.front().begin, "no policy at all", "give policies, or use: builtin");
  }
  sla::Book const builtin = sla::builtin(zone);
  add_calendars(calendars, builtin.calendars());
  refuse_twice(policies, problems);
  check_calendars(policies, teams, calendars, false, problems);
  check_overlaps(model::ticket_type(), policies, problems);
  problems.raise();
  if (uses_builtin) {
    for (auto const& policy : builtin.policies()) {
      bool const replaced =
          std::any_of(policies.begin(), policies.end(), [&](Policy const& p) { return p.name == policy.name; });
      if (!replaced) policies.push_back(policy);
    }
  }
  return sla::Book(std::move(calendars), std::move(policies), std::move(teams));
}

ReadFile plain_read() {
  return [](std::string const& path, std::size_t limit) { return read_file(path, limit); };
}

}  // namespace

SlaFile read_sla_file(std::string_view text, std::string const& file, ReadFile const& read, Problems& problems) {
  SlaFile out;
  out.begin = {file, 1, 1};
  problems.guard([&] { read_root(parse_yaml(text, file, kRuleLimits), read, out, problems); });
  return out;
}

void lint_sla(std::string_view text, std::string const& file, ReadFile const& read, Problems& problems) {
  SlaFile const one = read_sla_file(text, file, read, problems);
  std::vector<Calendar> calendars = one.calendars;
  add_calendars(calendars, sla::builtin(base::TimeZone()).calendars());
  refuse_twice(one.policies, problems);
  check_calendars(one.policies, one.teams, calendars, one.calendars.empty(), problems);
  check_overlaps(model::ticket_type(), one.policies, problems);
}

sla::Book read_sla(std::vector<std::string> const& files, base::TimeZone const& zone) {
  if (files.empty()) return sla::builtin(zone);
  Problems problems(base::errors::config_invalid);
  std::vector<SlaFile> read;
  for (auto const& file : files) {
    problems.guard(
        [&] { read.push_back(read_sla_file(read_file(file, kRuleLimits.bytes), file, plain_read(), problems)); });
  }
  if (read.empty()) problems.raise();
  return finish(std::move(read), zone, problems);
}

sla::Book read_sla_text(std::string_view text, std::string const& file, base::TimeZone const& zone) {
  Problems problems(base::errors::config_invalid);
  std::vector<SlaFile> read;
  read.push_back(read_sla_file(text, file, plain_read(), problems));
  return finish(std::move(read), zone, problems);
}

}  // namespace umsops::config
