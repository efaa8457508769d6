// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/env.hpp"
#include "cli/registry.hpp"
#include "umsops/base/time_text.hpp"
#include "umsops/people/roster.hpp"

/// What the verbs of on-call schedules share.
namespace umsops::cli::oncall {

/// The roster of --roster, else of the settings. Throws `people.no_roster`.
people::Roster roster_of(Env& env, Call const& call);
/// The schedules that the call names, else all. Throws `people.unknown`.
std::vector<people::Schedule const*> schedules_of(people::Roster const& roster, Call const& call);
/// From --from, or now, to --to, or 14 days later. Throws `usage.bad_value` when that is no span, or more than ten
/// years.
base::TimeRange span_of(Env& env, Call const& call);

/// Absent when there is no such person, or nothing is said.
base::Value display_name(people::Roster const& roster, std::string const& person);

/// `schedule, begin, end, person, display_name, layer, override`: what a list and a CSV file hold.
extern std::span<base::Field const> const kShiftFields;
base::Row row_of(people::Roster const& roster, people::Schedule const& schedule, people::Shift const& shift);

inline constexpr Argument kSchedules[] = {
    {"SCHEDULE", {"on-call schedules; without one all", "值班表；缺省为全部"}, false, true}};

}  // namespace umsops::cli::oncall
