// SPDX-License-Identifier: Apache-2.0
#include "desk/assignees.hpp"

#include <algorithm>

#include "desk/teams.hpp"
#include "store/workload.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/text.hpp"

namespace umsops::desk {
namespace {

using base::Error;
using people::Candidate;
using people::Obstacle;
using people::Roster;

constexpr std::string_view kOncall = "oncall:", kPerson = "person:";

Roster const& require_roster(OpenDesk& desk) {
  if (auto const* const roster = desk.roster()) return *roster;
  throw Error(base::errors::people_no_roster);
}

std::string on_call(OpenDesk& desk, std::string_view name) {
  auto const& roster = require_roster(desk);
  auto const shift = who(roster.require_schedule(name), desk.now());
  if (!shift) throw Error(base::errors::people_off_call, {{"schedule", std::string(name)}});
  if (absence_at(roster.require_person(shift->person), desk.now())) {
    throw Error(base::errors::people_absent, {{"person", shift->person}, {"schedule", std::string(name)}});
  }
  return shift->person;
}

people::Standing standing_of(store::Connection& db, people::Pool const& pool, Work const& work) {
  people::Standing standing;
  for (auto const* const person : pool.members) {
    auto open = store::open_tickets_of(db, person->name);
    if (person->name == work.assignee && work.open) --open;  // what they have of it already is no load
    standing.open.emplace_back(person->name, open);
  }
  for (auto& turn : store::assignment_turns(db)) {
    if (turn.pool == pool.name) standing.last = turn.person;
    if (turn.pool.starts_with(kPerson)) standing.given.emplace_back(std::move(turn.person), turn.at);
  }
  return standing;
}

[[noreturn]] void refuse_all(people::Pool const& pool, std::vector<Candidate> const& candidates,
                             std::string const& id) {
  std::string why;
  base::Value::List list;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    auto const obstacle = to_string(candidates[i].obstacle);
    if (i < 5) why += (i ? ", " : "") + candidates[i].person + " " + std::string(obstacle);
    list.emplace_back(base::Value::Object{{"person", candidates[i].person}, {"obstacle", obstacle}});
  }
  if (candidates.size() > 5) why += ", ...";
  base::Value detail;
  detail.add("pool", pool.name);
  detail.add("candidates", std::move(list));
  throw Error(base::errors::people_nobody, {{"pool", pool.name}, {"id", id}, {"why", why}}).detail(std::move(detail));
}

Pick pick_from(OpenDesk& desk, store::WriteTx& tx, Work const& work, std::string_view team,
               std::optional<people::Strategy> strategy) {
  auto pool = people::pool_for(require_roster(desk), team, work.demand.category);
  if (strategy) pool.strategy = *strategy;
  tx.take_turn();  // what others have and who was last must stay true until this is stored
  Pick pick;
  pick.pool = pool.name;
  if (pool.name.starts_with(kTeam)) pick.team = team_in(pool.name);
  pick.candidates = rank(pool, work.demand, standing_of(tx.connection(), pool, work), desk.now());
  auto const able = [](Candidate const& c) { return c.obstacle == Obstacle::none; };
  if (pick.candidates.empty() || !able(pick.candidates.front())) refuse_all(pool, pick.candidates, work.number);
  auto const has_it = std::find_if(pick.candidates.begin(), pick.candidates.end(),
                                   [&](Candidate const& c) { return c.person == work.assignee; });
  bool const stays = has_it != pick.candidates.end() && able(*has_it);
  pick.person = stays ? has_it->person : pick.candidates.front().person;
  return pick;
}

std::string skill_of(std::vector<std::pair<std::string, std::string>> const& attributes) {
  for (auto const& [name, value] : attributes) {
    if (name == "skill") return value;
  }
  return {};
}

}  // namespace

Work work_of(model::Ticket const& ticket) {
  return {ticket.ticket_number,
          ticket.assignee_id,
          ticket.team,
          model::is_open(ticket.status),
          {ticket.category, ticket.subcategory, skill_of(ticket.attributes)}};
}

// People are counted by their tickets alone: an incident comes before them all.
Work work_of(model::Incident const& incident) {
  return {incident.incident_number,
          incident.assigned_to,
          "",
          false,
          {incident.category, "", skill_of(incident.attributes)}};
}

Pick pick_assignee(OpenDesk& desk, store::WriteTx& tx, Work const& work, std::string const& target,
                   std::optional<people::Strategy> strategy) {
  std::string_view const text = target;
  if (text == "auto") {
    bool const known = !work.team.empty() && require_roster(desk).team(work.team);
    return pick_from(desk, tx, work, known ? std::string_view(work.team) : std::string_view(), strategy);
  }
  if (text.starts_with(kTeam)) {
    std::string const name = team_in(text);
    require_roster(desk).require_team(name);
    return pick_from(desk, tx, work, name, strategy);
  }
  if (text.starts_with(kOncall)) return {on_call(desk, text.substr(kOncall.size())), "", "", {}};
  std::string const name = base::person_name(text == "me" ? desk.options().actor.name : target);
  refuse_stranger(desk, name);
  return {name, "", "", {}};
}

void refuse_stranger(OpenDesk& desk, std::string const& name) {
  auto const* const roster = name.empty() ? nullptr : desk.roster();
  if (roster) roster->require_person(name);
}

std::optional<Error> unknown_target(OpenDesk& desk, std::vector<std::string> const& targets) {
  auto const* const roster = desk.roster();
  if (!roster) return std::nullopt;
  for (std::string_view const target : targets) {
    try {
      if (target.starts_with(kTeam)) {
        roster->require_team(team_in(target));
      } else if (target.starts_with(kOncall)) {
        roster->require_schedule(target.substr(kOncall.size()));
      } else if (!target.empty() && target.find_first_of("@:") == std::string_view::npos) {
        roster->require_person(target);
      }
    } catch (Error const& error) {
      return error;
    }
  }
  return std::nullopt;
}

void give_team(model::Ticket& ticket, Pick const& pick) {
  if (!pick.team.empty()) ticket.team = pick.team;
}

void note_pick(OpenDesk& desk, store::WriteTx& tx, Pick const& pick) {
  if (pick.pool.empty()) return;
  store::store_turn(tx, {pick.pool, pick.person, desk.now()});
  store::store_turn(tx, {std::string(kPerson) + pick.person, pick.person, desk.now()});
}

}  // namespace umsops::desk
