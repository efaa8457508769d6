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

/// What a ticket asks of whoever gets it; empty: nothing.
struct Demand {
  std::string category, subcategory;
  std::string skill;  ///< named by hand (the ticket's attribute `skill`): then nothing else counts
};

/// How things stand among the people, as the caller counted it.
struct Standing {
  std::vector<std::pair<std::string, std::int64_t>> open;  ///< open tickets by person; who is not named has none
  std::vector<std::pair<std::string, TimePoint>> given;    ///< when somebody was last picked; who is not named: never
  std::string last;                                        ///< who was picked last from this pool
};

/// Who may be picked, and how.
struct Pool {
  std::string name;  ///< `team:NAME`, or `everybody`
  std::vector<Person const*> members;
  std::vector<Schedule const*> schedules;  ///< whose shifts count
  Strategy strategy = Strategy::skill;
};

/// The team of that name, without a name the first that serves the category, else everybody. Throws `people.unknown`.
/// The pool points into the roster.
Pool pool_for(Roster const& roster, std::string_view team, std::string_view category);

/// Why somebody cannot be picked.
enum class Obstacle { none, absent, full, unskilled };
std::string_view to_string(Obstacle obstacle);  ///< `ABSENT`, `FULL`, `UNSKILLED`; empty for none

/// One person of a pool with the terms of the score.
struct Candidate {
  std::string person;
  Obstacle obstacle = Obstacle::none;
  double score = 0;                       ///< 0 for who cannot be picked
  double skill = 0, load = 0, shift = 0;  ///< what the strategy does not ask for is 1
  std::string skill_name;                 ///< the skill that counted; empty: none was asked for, or none fits
  int level = 0;
  std::int64_t open = 0;
  std::optional<std::int64_t> capacity;
  bool on_shift = false;
};

/// All of the pool, best first, who cannot be picked last. score = skill × load × shift, each to six decimals, where
///   skill = level / 5, of the best of the skills named like the ticket's subcategory and category (or its `skill`);
///           1 when the ticket has none of these; who has no such skill is UNSKILLED
///   load  = 1 / (1 + open / capacity), capacity being 10 where none is said; who is at a capacity that is said is FULL
///   shift = 1 for who is on call in one of the pool's schedules, or when it has none; else 0.25
/// `skill` takes all three, `least_loaded` load and shift, `round_robin` shift alone (a ticket's `skill` is asked for
/// by all of them). Of equals the one who waited longest since being picked comes first, then by name; with
/// `round_robin` the one who comes next in the pool after `last`. The constants are ours: half of the capacity in hand
/// counts two thirds, and an expert off shift (0.25) stands between levels 1 and 2 on shift.
std::vector<Candidate> rank(Pool const& pool, Demand const& demand, Standing const& standing, TimePoint at);

}  // namespace umsops::people
