// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "umsops/people/roster.hpp"

namespace umsops::people {

/// What a ticket requires of its assignee; empty: nothing.
struct Demand {
  std::string category, subcategory;
  std::string skill;  ///< given by hand (the ticket's attribute `skill`); replaces the other two
};

/// The current load, as counted by the caller.
struct Standing {
  std::vector<std::pair<std::string, std::int64_t>> open;  ///< open tickets by person; not listed: 0
  std::vector<std::pair<std::string, TimePoint>> given;    ///< when somebody was last picked; not listed: never
  std::string last;                                        ///< last person picked from this pool
};

/// The people to choose from, and how.
struct Pool {
  std::string name;  ///< `team:NAME`, or `everybody`
  std::vector<Person const*> members;
  std::vector<Schedule const*> schedules;  ///< their shifts count
  Strategy strategy = Strategy::skill;
};

/// Whose work of that category is: the first team that serves it, or the default team where nobody has a skill of that
/// name. Null: nobody's.
Team const* team_for(Roster const& roster, std::string_view category);

/// The team of that name; without a name that of `team_for`, else everybody. Throws `people.unknown`. The pool points
/// into the roster, which must outlive it.
Pool pool_for(Roster const& roster, std::string_view team, std::string_view category);

/// Why somebody cannot be picked.
enum class Obstacle { none, absent, full, unskilled };
std::string_view to_string(Obstacle obstacle);  ///< `ABSENT`, `FULL`, `UNSKILLED`; empty for none

/// One person of a pool with the terms of the score.
struct Candidate {
  std::string person;
  Obstacle obstacle = Obstacle::none;
  double score = 0;                       ///< 0: cannot be picked
  double skill = 0, load = 0, shift = 0;  ///< 1 when the strategy does not use it
  std::string skill_name;                 ///< the skill that counted; empty: none required, or none fits
  int level = 0;
  std::int64_t open = 0;
  std::optional<std::int64_t> capacity;
  bool on_shift = false;
};

/// The whole pool, best first; people who cannot be picked come last. score = skill × load × shift, each to six
/// decimals:
///   skill = level / 5, of the best skill named like the ticket's subcategory or category (or its `skill`); 1 when the
///           ticket has none of these; a person without such a skill is UNSKILLED, where
///           somebody of the pool has one; where nobody has, 1
///   load  = 1 / (1 + open / capacity), capacity 10 unless given; a person at a given capacity is FULL
///   shift = 1 for a person on call in one of the pool's schedules, or when it has none; else 0.25
/// `skill` uses all three, `least_loaded` load and shift, `round_robin` shift alone; all of them require a ticket's
/// `skill`. Ties: longest since last picked, then by name; with `round_robin` the next one in the pool after `last`.
/// The constants are ours: at half of the capacity load is two thirds, and an expert off shift (0.25) ranks between
/// levels 1 and 2 on shift.
std::vector<Candidate> rank(Pool const& pool, Demand const& demand, Standing const& standing, TimePoint at);

}  // namespace umsops::people
