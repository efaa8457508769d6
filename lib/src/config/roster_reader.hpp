// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/problems.hpp"
#include "umsops/base/time_text.hpp"
#include "umsops/people/roster.hpp"

namespace umsops::config {

inline constexpr YamlLimits kRosterLimits{500'000, 16 << 20};

/// A name at its place in a roster file.
struct PlacedName {
  enum class Kind { person, team, schedule, skill } kind;
  std::string name;
  NodeSpot spot;
  std::string team;  ///< of a skill: the team whose members should have it
};

/// One roster file. Names are resolved when all files are read.
struct RosterFile {
  people::Roster roster;
  std::vector<PlacedName> given, used;
};

RosterFile read_roster_text(std::string_view text, std::string const& file, Problems& problems);

/// Joins the files and resolves every name. A single file may be part of a roster: names of a kind that it does not
/// define at all are not checked then.
people::Roster join_rosters(std::vector<RosterFile> files, bool whole, Problems& problems);

/// The parts of the reader. `file` collects the names.
people::Schedule read_schedule(Node const& key, Node const& node, base::TimeZone const& zone, RosterFile& file,
                               Problems& problems);
/// A name that people, teams and schedules may have.
std::string name_of(Node const& node);
std::string line_of(Node const& node);
base::TimeZone zone_of(Node const& node);
/// The member of that key. Throws when it is missing.
Node const& need(Node const& map, std::string_view key, std::string_view example);
/// `from` and `to` of a map: instants, or whole days, in local time of the zone. Throws for relative times, for a local
/// time in a DST gap or overlap (with both readings), and unless `to` is after `from`.
base::TimeRange span_of(Node const& map, base::TimeZone const& zone);
/// `09:00-18:00` on these days.
people::Window window_of(std::string_view text, unsigned days, Node const& node);
base::TimePoint time_of(Node const& node, base::TimeZone const& zone);

}  // namespace umsops::config
