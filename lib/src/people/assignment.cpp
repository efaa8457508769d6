// SPDX-License-Identifier: Apache-2.0
#include "umsops/people/assignment.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace umsops::people {
namespace {

constexpr std::int64_t kUsualCapacity = 10;
constexpr double kHighestLevel = 5, kOffShift = 0.25, kDecimals = 1e6;

/// Rounded to six decimals, so that comparisons agree with what is shown.
double rounded(double term) { return static_cast<double>(std::llround(term * kDecimals)) / kDecimals; }

template <class Counted>
Counted const* find(std::vector<std::pair<std::string, Counted>> const& counted, std::string const& person) {
  auto const found = std::find_if(counted.begin(), counted.end(), [&](auto const& one) { return one.first == person; });
  return found == counted.end() ? nullptr : &found->second;
}

/// The matching skills.
std::vector<std::string> wanted(Demand const& demand, Strategy strategy) {
  if (!demand.skill.empty()) return {demand.skill};
  std::vector<std::string> names;
  if (strategy != Strategy::skill) return names;
  for (auto const* const name : {&demand.subcategory, &demand.category}) {
    if (!name->empty()) names.push_back(*name);
  }
  return names;
}

void judge_skill(Candidate& candidate, Person const& person, std::vector<std::string> const& names) {
  candidate.skill = 1;
  if (names.empty()) return;
  for (auto const& name : names) {
    int const* const level = find(person.skills, name);
    if (!level || *level <= candidate.level) continue;
    candidate.level = *level;
    candidate.skill_name = name;
  }
  candidate.skill = candidate.level / kHighestLevel;
  if (candidate.level == 0) candidate.obstacle = Obstacle::unskilled;
}

void judge_load(Candidate& candidate, Person const& person, Standing const& standing, Strategy strategy) {
  auto const* const open = find(standing.open, person.name);
  candidate.open = open ? *open : 0;
  candidate.capacity = person.capacity;
  double const capacity = static_cast<double>(person.capacity.value_or(kUsualCapacity));
  candidate.load =
      strategy == Strategy::round_robin ? 1 : rounded(1 / (1 + static_cast<double>(candidate.open) / capacity));
  if (person.capacity && candidate.open >= *person.capacity) candidate.obstacle = Obstacle::full;
}

/// Those who are on call in the pool's schedules now; all of the pool when it has no schedule.
std::vector<std::string> on_shift(Pool const& pool, TimePoint at) {
  std::vector<std::string> names;
  for (auto const* const schedule : pool.schedules) {
    if (auto const shift = who(*schedule, at)) names.push_back(shift->person);
  }
  if (pool.schedules.empty()) {
    for (auto const* const person : pool.members) names.push_back(person->name);
  }
  return names;
}

/// How many come before this one when the pool goes round; the one after the last picked is first.
std::size_t turn_of(Pool const& pool, std::string const& last, std::size_t place) {
  auto const was =
      std::find_if(pool.members.begin(), pool.members.end(), [&](auto const* p) { return p->name == last; });
  std::size_t const size = pool.members.size();
  if (was == pool.members.end()) return place;
  return (place + size - static_cast<std::size_t>(was - pool.members.begin()) - 1) % size;
}

/// Tie-breakers besides the score.
struct Ranked {
  bool able;
  std::int64_t turn;  ///< when last picked, or how many come before: the least is first
  Candidate candidate;
};

}  // namespace

std::string_view to_string(Obstacle obstacle) {
  switch (obstacle) {
    case Obstacle::none:
      return "";
    case Obstacle::absent:
      return "ABSENT";
    case Obstacle::full:
      return "FULL";
    case Obstacle::unskilled:
      return "UNSKILLED";
  }
  return "";
}

namespace {

bool has_skill(Roster const& roster, std::string_view category) {
  return std::any_of(roster.people.begin(), roster.people.end(), [&](Person const& person) {
    return std::any_of(person.skills.begin(), person.skills.end(), [&](auto const& s) { return s.first == category; });
  });
}

Team const* default_team(Roster const& roster) {
  auto const found = std::find_if(roster.teams.begin(), roster.teams.end(), [](Team const& t) { return t.is_default; });
  return found == roster.teams.end() ? nullptr : &*found;
}

/// The skills that somebody of the pool has. What nobody has cannot be asked for: the work would find nobody, and the
/// commonest category, of which nothing is known, would be nobody's.
std::vector<std::string> known_skills(Pool const& pool, Demand const& demand) {
  auto names = wanted(demand, pool.strategy);
  if (!demand.skill.empty()) return names;  // asked for by hand
  bool const known = std::any_of(pool.members.begin(), pool.members.end(), [&](Person const* person) {
    return std::any_of(names.begin(), names.end(), [&](auto const& name) { return find(person->skills, name); });
  });
  return known ? names : std::vector<std::string>();
}

}  // namespace

Team const* team_for(Roster const& roster, std::string_view category) {
  for (auto const& candidate : roster.teams) {
    auto const& served = candidate.categories;
    if (!category.empty() && std::find(served.begin(), served.end(), category) != served.end()) return &candidate;
  }
  return has_skill(roster, category) ? nullptr : default_team(roster);
}

Pool pool_for(Roster const& roster, std::string_view team_name, std::string_view category) {
  Team const* const team = team_name.empty() ? team_for(roster, category) : &roster.require_team(team_name);
  Pool pool;
  pool.name = team ? "team:" + team->name : "everybody";
  if (team) {
    pool.strategy = team->strategy;
    for (auto const& name : team->members) pool.members.push_back(&roster.require_person(name));
  } else {
    for (auto const& person : roster.people) pool.members.push_back(&person);
  }
  if (team && team->schedules) {
    for (auto const& name : *team->schedules) pool.schedules.push_back(&roster.require_schedule(name));
  } else {
    for (auto const& schedule : roster.schedules) pool.schedules.push_back(&schedule);
  }
  return pool;
}

std::vector<Candidate> rank(Pool const& pool, Demand const& demand, Standing const& standing, TimePoint at) {
  auto const names = known_skills(pool, demand);
  auto const present = on_shift(pool, at);
  std::vector<Ranked> ranked;
  for (std::size_t place = 0; place < pool.members.size(); ++place) {
    auto const& person = *pool.members[place];
    Candidate candidate;
    candidate.person = person.name;
    judge_skill(candidate, person, names);
    judge_load(candidate, person, standing, pool.strategy);
    if (absence_at(person, at)) candidate.obstacle = Obstacle::absent;
    candidate.on_shift = std::find(present.begin(), present.end(), person.name) != present.end();
    candidate.shift = candidate.on_shift ? 1 : kOffShift;
    bool const able = candidate.obstacle == Obstacle::none;
    candidate.score = able ? rounded(candidate.skill * candidate.load * candidate.shift) : 0;
    auto const* const given = find(standing.given, person.name);
    auto const since = given ? given->time_since_epoch().count() : INT64_MIN;
    auto const turn =
        pool.strategy == Strategy::round_robin ? static_cast<std::int64_t>(turn_of(pool, standing.last, place)) : since;
    ranked.push_back({able, turn, std::move(candidate)});
  }
  std::sort(ranked.begin(), ranked.end(), [](Ranked const& a, Ranked const& b) {
    return std::tie(b.able, b.candidate.score, a.turn, a.candidate.person) <
           std::tie(a.able, a.candidate.score, b.turn, b.candidate.person);
  });
  std::vector<Candidate> out;
  for (auto& one : ranked) out.push_back(std::move(one.candidate));
  return out;
}

}  // namespace umsops::people
