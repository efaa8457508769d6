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
/// The longest a shift may be: about a year of each.
std::int64_t longest_shift(RotationType type);

/// Hours of the week during which a layer has somebody, by the clock of the schedule's zone.
struct Window {
  unsigned days = 0;          ///< bit 0 Monday ... bit 6 Sunday: the days on which it begins
  int begin = 0, end = 1440;  ///< minutes of the day; an end that is not behind the begin is on the next day
};

/// Takes its participants in turn. Hand-offs of a daily, weekly or monthly rotation stay at the time of day of `start`
/// (in a month that is too short: on its last day); those of an hourly one are so many hours apart. A time of day that
/// a change of clocks skips or repeats is read as RFC 5545 says: by the offset before the gap, and the first time it
/// comes.
struct Layer {
  std::string name;
  RotationType type = RotationType::weekly;
  std::int64_t shift_length = 1;          ///< hours, days, weeks, months; at least 1
  TimePoint start;                        ///< of the first shift; before it the layer has nobody
  std::vector<std::string> participants;  ///< by name, at least one
  std::vector<Window> windows;            ///< none: always
};

/// Who is on call in the place of whoever the layers name.
struct Override {
  TimePoint begin, end;
  std::string person;
};

/// Of two layers the later one wins where it has somebody; an override wins over all layers, and of two the later one.
/// Absences move nobody: who is on call and absent stays on call, and `check` says so.
struct Schedule {
  std::string name;
  base::TimeZone zone;
  std::vector<Layer> layers;
  std::vector<Override> overrides;
};

/// Somebody's time on call, from hand-off to hand-off as far as no other layer or override cuts into it.
struct Shift {
  TimePoint begin, end;
  std::string person;
  std::string layer;  ///< its name; of an override empty
  bool is_override = false;
  bool operator==(Shift const&) const = default;
};

/// The shifts that lie in [from, to) or reach into it, whole, in their order. Between them nobody is on call.
std::vector<Shift> shifts(Schedule const& schedule, TimePoint from, TimePoint to);
/// The shift at this moment.
std::optional<Shift> who(Schedule const& schedule, TimePoint at);

}  // namespace umsops::people
