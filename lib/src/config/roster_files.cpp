// SPDX-License-Identifier: Apache-2.0
#include "umsops/config/roster_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "config/roster_reader.hpp"

namespace umsops::config {
namespace {

using people::Roster;
using Kind = PlacedName::Kind;

constexpr std::string_view kWhat[] = {"person", "team", "schedule", "skill"};

std::string_view what(Kind kind) { return kWhat[static_cast<std::size_t>(kind)]; }

void refuse_twins(std::vector<PlacedName> const& given, Problems& problems) {
  std::map<std::pair<Kind, std::string_view>, PlacedName const*> seen;
  for (auto const& one : given) {
    auto const [first, fresh] = seen.emplace(std::pair(one.kind, std::string_view(one.name)), &one);
    if (fresh) continue;
    auto const& spot = first->second->spot;
    problems.add(
        one.spot,
        fmt::format("{} {} occurs twice, first at {}:{}", what(one.kind), echo(one.name), spot.file(), spot.line),
        "give each its own name");
  }
}

/// A team with the strategy skill needs a member with skill in each of its categories.
void check_skill(Roster const& roster, PlacedName const& use, Problems& problems) {
  auto const* const team = roster.team(use.team);
  if (!team || team->strategy != people::Strategy::skill) return;
  std::set<std::string_view> known;
  for (auto const& member : team->members) {
    auto const* const person = roster.person(member);
    if (!person) return;  // named already, or in another file
    for (auto const& skill : person->skills) known.insert(skill.first);
  }
  if (known.count(use.name) != 0) return;
  problems.add(use.spot, fmt::format("nobody in team {} has the skill {}", use.team, echo(use.name)),
               suggest(use.name, {known.begin(), known.end()}));
}

using Names = std::map<Kind, std::set<std::string_view>>;

void look_up(Roster const& roster, Names const& names, PlacedName const& use, bool whole, Problems& problems) {
  if (use.kind == Kind::skill) return check_skill(roster, use, problems);
  auto const known = names.find(use.kind);
  if (known == names.end() && !whole) return;
  static std::set<std::string_view> const kNone;
  auto const& all = known == names.end() ? kNone : known->second;
  if (all.count(use.name) != 0) return;
  problems.add(use.spot, fmt::format("unknown {} {}", what(use.kind), echo(use.name)),
               suggest(use.name, {all.begin(), all.end()}));
}

template <class Item>
void append(std::vector<Item>& to, std::vector<Item>&& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

Roster read_all(std::vector<std::string> const& files, Problems& problems) {
  std::vector<RosterFile> read;
  for (auto const& file : files) {
    problems.guard([&] { read.push_back(read_roster_text(read_file(file, kRosterLimits.bytes), file, problems)); });
  }
  return join_rosters(std::move(read), true, problems);
}

}  // namespace

Roster join_rosters(std::vector<RosterFile> files, bool whole, Problems& problems) {
  Roster roster;
  std::vector<PlacedName> given, used;
  for (auto& file : files) {
    append(roster.people, std::move(file.roster.people));
    append(roster.teams, std::move(file.roster.teams));
    append(roster.schedules, std::move(file.roster.schedules));
    append(given, std::move(file.given));
    append(used, std::move(file.used));
  }
  refuse_twins(given, problems);
  Names names;
  for (auto const& one : given) names[one.kind].insert(one.name);
  for (auto const& use : used) look_up(roster, names, use, whole, problems);
  return roster;
}

Roster read_roster(std::vector<std::string> const& files) {
  Problems problems(base::errors::config_invalid);
  auto roster = read_all(files, problems);
  problems.raise();
  return roster;
}

std::vector<base::Error> lint_roster(std::vector<std::string> const& files) {
  Problems problems(base::errors::config_invalid);
  read_all(files, problems);
  return problems.all();
}

}  // namespace umsops::config
