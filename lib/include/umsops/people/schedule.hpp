// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "umsops/base/time_zone.hpp"

namespace umsops::people {

using base::TimePoint;

enum class RotationType { hourly, daily, weekly, monthly };
std::span<std::string_view const> rotation_names();  ///< `hourly`, ... in the order of the type
/// The longest shift in each unit: about a year.
std::int64_t longest_shift(RotationType type);

/// Hours of the week that a layer covers, in the local time of the schedule's zone.
struct Window {
  unsigned days = 0;          ///< bit 0 Monday ... bit 6 Sunday: the days on which it begins
  int begin = 0, end = 1440;  ///< minutes of the day; an end at or before the begin is on the next day
};

/// Rotates through its participants. Hand-offs of a daily, weekly or monthly rotation stay at the time of day of
/// `start` (in a month that is too short: on its last day); those of an hourly one are `shift_length` hours apart. A
/// time of day in a DST gap or overlap is read as in RFC 5545: by the offset before the gap, and as the first of two.
struct Layer {
  std::string name;
  RotationType type = RotationType::weekly;
  std::int64_t shift_length = 1;          ///< hours, days, weeks, months; at least 1
  TimePoint start;                        ///< of the first shift; nobody before it
  std::vector<std::string> participants;  ///< by name, at least one
  std::vector<Window> windows;            ///< none: always
};

/// Replaces the person that the layers name.
struct Override {
  TimePoint begin, end;
  std::string person;
};

/// Of two layers the later one wins where it covers; an override wins over all layers, a later one over an earlier.
/// Absences change nothing: an absent person stays on call, and `check` reports it.
struct Schedule {
  std::string name;
  base::TimeZone zone;
  std::vector<Layer> layers;
  std::vector<Override> overrides;
  std::vector<Window> cover;  ///< when somebody has to be on call; none: always. Only `check` asks
};

/// A time on call, from hand-off to hand-off unless another layer or override cuts into it.
struct Shift {
  TimePoint begin, end;
  std::string person;
  std::string layer;  ///< its name; empty: an override
  bool is_override = false;
  bool operator==(Shift const&) const = default;
};

/// The shifts that overlap [from, to), uncut and in order. Between them nobody is on call.
std::vector<Shift> shifts(Schedule const& schedule, TimePoint from, TimePoint to);
/// The shift at this moment.
std::optional<Shift> who(Schedule const& schedule, TimePoint at);

}  // namespace umsops::people
