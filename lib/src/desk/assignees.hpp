// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "desk/open_desk.hpp"
#include "umsops/base/error.hpp"
#include "umsops/model/incident.hpp"
#include "umsops/people/assignment.hpp"

namespace umsops::desk {

/// A record that somebody is to work on.
struct Work {
  std::string number, assignee;  ///< empty: nobody has it
  std::string team;              ///< whose it is; empty: that of its category
  bool open = true;              ///< it counts as load of whoever has it
  people::Demand demand;
};
Work work_of(model::Ticket const& ticket);
Work work_of(model::Incident const& incident);

/// Whom an assignment means.
struct Pick {
  std::string person;
  std::string pool;                           ///< out of which they were picked; empty: they were named
  std::string team;                           ///< the pool is that team; empty: it is none
  std::vector<people::Candidate> candidates;  ///< all of the pool, best first
};

/// Whom `target` means for this work at this moment: a person's name, `me`, `oncall:SCHEDULE`, `team:NAME` (the best
/// of that team) or `auto` (the best of its team, of the one that serves its category, else of everybody); see
/// `people::rank` for what is best, and for what a `strategy` in the place of the team's own does. What
/// somebody of the pool has who could be picked stays there, so that asking twice changes nothing. Throws
/// `people.no_roster` when a roster is needed and none is configured, `people.unknown` for a name that is not in the
/// roster, `people.nobody` when nobody can be picked, `people.off_call` and `people.absent` when nobody, or somebody
/// absent, is on call.
Pick pick_assignee(OpenDesk& desk, store::WriteTx& tx, Work const& work, std::string const& target,
                   std::optional<people::Strategy> strategy = {});

/// Throws `people.unknown` for a name that is not in the roster, when there is one. Nobody's name (empty) is fine.
void refuse_stranger(OpenDesk& desk, std::string const& name);

/// What is wrong with the first of these targets of a message that names nobody of the roster: a person, `team:NAME` or
/// `oncall:SCHEDULE`. Other words, addresses among them, mean nobody of the roster.
std::optional<base::Error> unknown_target(OpenDesk& desk, std::vector<std::string> const& targets);

/// Where all of a team were asked, it is that team's from now on.
void give_team(model::Ticket& ticket, Pick const& pick);

/// That it was given to whoever was picked: the next pick goes by it.
void note_pick(OpenDesk& desk, store::WriteTx& tx, Pick const& pick);

}  // namespace umsops::desk
