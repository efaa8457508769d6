// SPDX-License-Identifier: Apache-2.0
#include "desk/teams.hpp"

#include <algorithm>

#include "desk/decisions.hpp"
#include "store/tickets.hpp"
#include "umsops/base/error.hpp"
#include "umsops/base/number.hpp"
#include "umsops/people/assignment.hpp"

namespace umsops::desk {
namespace {

/// The roster, for what must not fail because of it.
people::Roster const* readable_roster(OpenDesk& desk) {
  try {
    return desk.roster();
  } catch (base::Error const& error) {
    desk.warn(error.message());
    return nullptr;
  }
}

people::Team const* counting_team(OpenDesk& desk, model::Ticket const& ticket) {
  auto const* const roster = ticket.team.empty() ? nullptr : readable_roster(desk);
  auto const* const team = roster ? roster->team(ticket.team) : nullptr;
  return team && !team->number_format.empty() ? team : nullptr;
}

/// Where the store keeps how far a sequence has come: by its form, so that teams may share one.
std::string sequence_of(people::Team const& team) { return "sequence:" + team.number_format; }

}  // namespace

std::string team_in(std::string_view target) {
  return std::string(target.starts_with(kTeam) ? target.substr(kTeam.size()) : target);
}

void refuse_unknown_team(OpenDesk& desk, std::string const& name) {
  auto const* const roster = name.empty() ? nullptr : desk.roster();
  if (roster) roster->require_team(name);
}

bool is_member(OpenDesk& desk, std::string const& team, std::string const& person) {
  auto const* const roster = person.empty() ? nullptr : desk.roster();
  auto const* const known = roster ? roster->team(team) : nullptr;
  return known && std::find(known->members.begin(), known->members.end(), person) != known->members.end();
}

void give_default_team(OpenDesk& desk, model::Ticket& ticket) {
  auto const* const decided = ticket.classification.find("team");
  if (decided ? decided->origin != "default" : !ticket.team.empty()) return;
  auto const* const roster = readable_roster(desk);
  auto const* const team = roster ? people::team_for(*roster, ticket.category) : nullptr;
  if (!roster || (!team && !decided)) return;
  ticket.team = team ? team->name : "";
  auto& decision = decision_on(ticket.classification, "team");
  decision.origin = "default";
  decision.value = ticket.team;
}

std::string next_number(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket) {
  std::int64_t const place = store::next_number(tx, store::ticket_table());
  auto const* const team = counting_team(desk, ticket);
  if (!team) return desk.numbers().render(place, ticket.created_at);
  model::NumberFormat const numbers(team->number_format);
  std::string const sequence = sequence_of(*team);
  std::int64_t last = base::parse_integer(store::stored_info(tx.connection(), sequence), 0, INT64_MAX).value_or(0);
  std::string number;
  do {  // one that an import has brought is passed over
    number = numbers.render(++last, ticket.created_at);
  } while (store::find_ticket_by_number(tx.connection(), number));
  store::set_info(tx, sequence, std::to_string(last));
  return number;
}

std::vector<NumberFormat> numbers_of_teams(OpenDesk& desk) {
  std::vector<NumberFormat> forms;
  auto const* const roster = readable_roster(desk);
  if (!roster) return forms;
  for (auto const& team : roster->teams) {
    if (!team.number_format.empty()) forms.emplace_back(team.number_format);
  }
  return forms;
}

bool counts_by_itself(OpenDesk& desk, model::Ticket const& ticket) { return counting_team(desk, ticket) != nullptr; }

std::string first_number(OpenDesk& desk, model::Ticket const& ticket) {
  auto const* const team = counting_team(desk, ticket);
  return team ? model::NumberFormat(team->number_format).render(1, ticket.created_at)
              : desk.numbers().render(1, ticket.created_at);
}

}  // namespace umsops::desk
