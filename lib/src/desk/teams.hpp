// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "desk/open_desk.hpp"
#include "umsops/model/ticket.hpp"

/// The team of a ticket: its queue.
namespace umsops::desk {

inline constexpr std::string_view kTeam = "team:";  ///< stands before a team's name in a target
/// `iam` of `team:iam`.
std::string team_in(std::string_view target);
/// Throws `people.unknown` for a team that is not in the roster, when there is one. No team (empty) is fine.
void refuse_unknown_team(OpenDesk& desk, std::string const& name);
/// Without a roster nobody is known to be of any team.
bool is_member(OpenDesk& desk, std::string const& team, std::string const& person);

/// Gives it the team that serves its category, where neither a person nor a rule has chosen one. A roster that cannot
/// be read leaves it open and is told: a report is worth more than its queue.
void give_default_team(OpenDesk& desk, model::Ticket& ticket);

/// The number of a new ticket: of its team's own sequence, or of the desk's. The turn is taken.
std::string next_number(OpenDesk& desk, store::WriteTx& tx, model::Ticket const& ticket);
/// The same of a desk that has no ticket yet.
std::string first_number(OpenDesk& desk, model::Ticket const& ticket);
/// Whether its team has a sequence of its own.
bool counts_by_itself(OpenDesk& desk, model::Ticket const& ticket);
/// The forms of the sequences that teams have of their own.
std::vector<NumberFormat> numbers_of_teams(OpenDesk& desk);

}  // namespace umsops::desk
